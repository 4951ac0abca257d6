import { retrySync } from '../../../core/contract/syncs.ts';
import { retrySync as retry } from '../../../core/flows/retry-sync.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(retrySync, async ({ params: { id, syncId } }, services) => ({
  syncId: await retry(id, syncId, services),
}));
