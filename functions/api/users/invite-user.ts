import { inviteUser } from '../../../core/contract/users.ts';
import { inviteUser as invite } from '../../../core/flows/invite-user.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(inviteUser, ({ body }, services) => invite(body, services));
