import { deleteSource } from '../../../core/contract/sources.ts';
import { sourceKey } from '../../../core/flows/list-sources.ts';
import { revokeApiKey } from '../../../core/flows/revoke-api-key.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteSource, async ({ params }, services) => {
  const { id } = await sourceKey(params.id, services);
  await revokeApiKey(id, services);
  return undefined;
});
