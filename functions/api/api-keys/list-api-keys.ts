import { listApiKeys } from '../../../core/contract/api-keys.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listApiKeys, async ({ query }, { apiKeys }) =>
  answeredPage(query, await apiKeys.page(query)),
);
