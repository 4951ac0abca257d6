import { removeUser } from '../../../core/contract/users.ts';
import { removeUser as remove } from '../../../core/flows/remove-user.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(removeUser, async ({ params }, services) => {
  await remove(params.id, services);
  return undefined;
});
