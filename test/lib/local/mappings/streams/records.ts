import type { StreamRecord } from '../../../../../lib/local/mappings/streams/stream-source.ts';

/** A record with the sequence number `index + 1`. */
export const record = (index: number, more: Partial<StreamRecord> = {}): StreamRecord => ({
  sequence: String(index + 1),
  key: 'key',
  arrivedAt: 1_000_000 + index,
  event: { index },
  bytes: 100,
  ...more,
});

export const records = (count: number, more: Partial<StreamRecord> = {}): StreamRecord[] =>
  Array.from({ length: count }, (_one, index) => record(index, more));
