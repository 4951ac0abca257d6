import { cancelSync } from '../../../core/contract/syncs.ts';
import { cancelSync as cancel } from '../../../core/flows/cancel-sync.ts';
import { showSync } from '../../../core/flows/show-sync.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(cancelSync, async ({ params: { id, syncId } }, services) =>
  showSync(await cancel(id, syncId, services), services),
);
