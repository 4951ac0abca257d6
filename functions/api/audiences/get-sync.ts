import { getSync } from '../../../core/contract/syncs.ts';
import { showSync, syncOf } from '../../../core/flows/show-sync.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getSync, async ({ params: { id, syncId }, query: { limit, cursor } }, services) => {
  const { job } = await syncOf(id, syncId, services);
  const { items, next } = await services.syncBatches.page(syncId, limit, cursor);
  const batches = { items, limit, ...(next === undefined ? {} : { nextCursor: next }) };
  return { ...(await showSync(job, services)), batches };
});
