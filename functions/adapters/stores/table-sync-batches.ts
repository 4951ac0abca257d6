import type { KeptBatch, SyncBatches } from '../../../core/ports/sync-batches.ts';
import type { Table, Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const keepDays = 30;

/** One item for each call of a sync, in the order of their times. */
export const tableSyncBatches = (table: Table, now: () => number = Date.now): SyncBatches => ({
  add: (syncId, batch) => {
    const ttl = Math.floor(now() / 1000) + keepDays * 86_400;
    const item = { ...keys.syncBatch(syncId, batch.at, batch.id), d: batch as unknown as Value, ttl };
    return table.write({ kind: 'put', item });
  },
  page: async (syncId, limit, cursor) => {
    const query = { pk: keys.syncBatch(syncId, '', '').pk, descending: true, limit };
    const { items, next } = await table.query(cursor === undefined ? query : { ...query, after: cursor });
    return {
      items: items.map(item => item.d as unknown as KeptBatch),
      ...(next === undefined ? {} : { next }),
    };
  },
});
