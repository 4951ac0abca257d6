import { updateUser } from '../../../core/contract/users.ts';
import { updateUser as update } from '../../../core/flows/update-user.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateUser, ({ params: { id }, body: { roles }, caller: { fieldPolicy } }, services) =>
  update({ id, roles, fieldPolicy }, services),
);
