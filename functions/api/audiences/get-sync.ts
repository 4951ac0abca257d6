import { getSync } from '../../../core/contract/syncs.ts';
import { showSync, syncOf } from '../../../core/flows/show-sync.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getSync, async ({ params: { id, syncId } }, services) => {
  const { job } = await syncOf(id, syncId, services);
  return showSync(job, services);
});
