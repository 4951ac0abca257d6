import { deleteSchema } from '../../../core/contract/schemas.ts';
import { deleteSchema as remove } from '../../../core/flows/delete-schema.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteSchema, async ({ params }, services) => {
  await remove(params.eventType, services);
  return undefined;
});
