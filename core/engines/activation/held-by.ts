import type { Held } from './plan-sync.ts';

/** What we recorded of a person at a destination. */
export interface Sending {
  state: 'sent' | 'removed' | 'sending';
  operation: 'add' | 'remove';
  /** Counts what was sent of this person. */
  row: number;
  digest?: string | undefined;
  /** Which exchange of everybody it was told in, or after; absent: before there was one. */
  epoch?: string | undefined;
}

/** Which exchange of everybody a destination is after; `mixed`: one has come to no end. */
export interface Since {
  epoch?: string | undefined;
  mixed?: boolean | undefined;
}

/**
 * What the destination holds, by our record of it. Since everybody was exchanged there, it holds nobody who was told of
 * before that; of an exchange that came to no end, nobody knows.
 */
export const heldBy = (record: Sending | undefined, { epoch, mixed }: Since = {}): Held => {
  if (!record || record.state === 'removed') return { state: 'no' };
  if (record.state === 'sent' && record.epoch !== epoch) return { state: mixed ? 'unknown' : 'no' };
  return record.state === 'sent' ? { state: 'yes', digest: record.digest } : { state: 'unknown' };
};

/**
 * The number of the next row about a person. Numbers only rise; the very same thing whose answer was lost is sent again
 * under its number, so that the receiver can drop the repeat.
 */
export const nextRow = (record: Sending | undefined, operation: 'add' | 'remove', digest?: string): number => {
  if (!record) return 1;
  const again = record.state === 'sending' && record.operation === operation && record.digest === digest;
  return again ? record.row : record.row + 1;
};
