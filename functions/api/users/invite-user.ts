import { inviteUser } from '../../../core/contract/users.ts';
import { inviteUser as invite } from '../../../core/flows/invite-user.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(inviteUser, ({ body, caller: { fieldPolicy } }, services) =>
  invite({ ...body, fieldPolicy }, services),
);
