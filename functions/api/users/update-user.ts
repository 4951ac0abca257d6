import { updateUser } from '../../../core/contract/users.ts';
import { changeDocument } from '../../../core/flows/change-document.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateUser, ({ params, body }, { users, now }) =>
  changeDocument('User', params.id, users, user => ({ ...user, roles: body.roles, updatedAt: now().toISOString() })),
);
