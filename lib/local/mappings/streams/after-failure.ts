import type { StreamRecord } from './stream-source.ts';

/** Records that are handed over together, and how often that has failed. */
export interface Piece {
  records: StreamRecord[];
  failures: number;
  /** How often the function was invoked with these records. */
  invocations: number;
}

export interface RetryRules {
  bisects: boolean;
  retriesMax: number;
}

/** What follows from a failure: what is done all the same, what comes again, what is given up. */
export interface Aftermath {
  done: StreamRecord[];
  again: Piece[];
  givenUp: Piece | undefined;
}

/**
 * Decides after an invocation whose first failed record is at `from`. What stands before it is done. The rest comes
 * again as it is, or in two halves when the mapping bisects and nothing was done; neither kind of split takes a retry.
 */
export const afterFailure = (piece: Piece, from: number, { bisects, retriesMax }: RetryRules): Aftermath => {
  const done = piece.records.slice(0, from);
  const records = piece.records.slice(from);
  const invocations = piece.invocations + 1;
  const failures = from > 0 ? 1 : piece.failures + 1;
  if (bisects && from > 0) return { done, again: [{ records, failures: 0, invocations }], givenUp: undefined };
  if (bisects && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const halves = [records.slice(0, middle), records.slice(middle)];
    const again = halves.map(half => ({ records: half, failures: piece.failures, invocations }));
    return { done, again, givenUp: undefined };
  }
  const rest: Piece = { records, failures, invocations };
  return failures > retriesMax ? { done, again: [], givenUp: rest } : { done, again: [rest], givenUp: undefined };
};
