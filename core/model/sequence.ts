/**
 * Whether one place in a stream's shard comes after another. Sequence numbers are decimal and longer than a number can
 * be exact; the empty one comes before all.
 */
export const isLater = (sequence: string, than: string): boolean =>
  BigInt(sequence === '' ? 0 : sequence) > BigInt(than === '' ? 0 : than);
