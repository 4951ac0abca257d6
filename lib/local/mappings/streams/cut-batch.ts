import { envelopeBytes, payloadBytesMax } from '../payload.ts';
import type { StreamRecord } from './stream-source.ts';

/** A record that was read at `readAt` and waits for its batch. */
export interface Waiting {
  record: StreamRecord;
  readAt: number;
}

export interface CutRules {
  batchSize: number;
  windowMilliseconds: number;
  tumblingMilliseconds: number | undefined;
}

/** Either how many of the waiting records make a batch now, or for how long to wait at most. */
export type Cut = { count: number } | { waitMilliseconds: number };

const sameWindow = (first: Waiting, other: Waiting, length: number | undefined): boolean =>
  length === undefined || Math.floor(first.record.arrivedAt / length) === Math.floor(other.record.arrivedAt / length);

/** How many records fit into one batch, and whether another one is waiting that does not. */
const fitting = (waiting: readonly Waiting[], rules: CutRules): { count: number; full: boolean } => {
  let bytes = envelopeBytes;
  for (const [count, next] of waiting.entries()) {
    bytes += next.record.bytes;
    const [first = next] = waiting;
    const fits = bytes <= payloadBytesMax && sameWindow(first, next, rules.tumblingMilliseconds);
    if (count === rules.batchSize || (count > 0 && !fits)) return { count, full: true };
  }
  return { count: waiting.length, full: waiting.length === rules.batchSize };
};

/**
 * Cuts the next batch: as soon as it is full (by count, by the 6 MB of a payload, at the end of a tumbling window),
 * when the first record has waited for the window, or when the shard has ended.
 */
export const cutBatch = (waiting: readonly Waiting[], rules: CutRules, now: number, ended: boolean): Cut => {
  const [first] = waiting;
  if (!first) return { waitMilliseconds: Number.POSITIVE_INFINITY };
  const { count, full } = fitting(waiting, rules);
  const waitMilliseconds = first.readAt + rules.windowMilliseconds - now;
  return full || ended || waitMilliseconds <= 0 ? { count } : { waitMilliseconds };
};
