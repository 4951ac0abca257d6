import type { Shard } from './stream-source.ts';

/**
 * The shards that may be read now: not finished, and with no parent that still has to be read. A parent that is no
 * longer listed has passed its retention.
 */
export const readableShards = (shards: readonly Shard[], finished: ReadonlySet<string>): Shard[] => {
  const listed = new Set(shards.map(({ id }) => id));
  const open = (id: string): boolean => listed.has(id) && !finished.has(id);
  return shards.filter(({ id, parents }) => !finished.has(id) && !parents.some(open));
};
