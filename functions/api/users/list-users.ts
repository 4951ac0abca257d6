import { answeredPage } from '../../../core/contract/paging.ts';
import { listUsers } from '../../../core/contract/users.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listUsers, async ({ query }, { users }) =>
  answeredPage(query, await users.page(query)),
);
