import type { MergeRecord } from '../../../core/model/merge-record.ts';
import { everyItem, type Key, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/**
 * Removes what a merge that was undone has left with the survivor: chunks that nobody names any more, in which events of
 * both stand together, and the orders of both. Returns how many items.
 */
export const cleanParted = async (table: Table, record: MergeRecord): Promise<number> => {
  const { profileId, primaryVersion, unmerge } = record;
  if (!unmerge) return 0;
  const own = { pk: keys.profile(profileId), consistent: true };
  const dead: Key[] = [];
  const between = {
    from: keys.chunk(profileId, primaryVersion, '').sk,
    to: keys.chunk(profileId, unmerge.version, '').sk,
  };
  for await (const { pk, sk } of everyItem(table, { ...own, ...between })) dead.push({ pk, sk });
  for await (const { pk, sk } of everyItem(table, { ...own, prefix: keys.jointOrders(primaryVersion) }))
    dead.push({ pk, sk });
  await table.writeMany(dead.map(key => ({ kind: 'delete', key })));
  return dead.length;
};
