import { revokeApiKey } from '../../../core/contract/api-keys.ts';
import { revokeApiKey as revoke } from '../../../core/flows/revoke-api-key.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(revokeApiKey, async ({ params }, services) => {
  await revoke(params.id, services);
  return undefined;
});
