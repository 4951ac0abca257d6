import { listAudiences } from '../../../core/contract/audiences.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listAudiences, async ({ query }, { audiences }) =>
  answeredPage(query, await audiences.page(query)),
);
