import { listAllowed } from '../../../core/contract/consent.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { listAllowed as list } from '../../../core/flows/list-allowed.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listAllowed, async ({ query }, services) =>
  answeredPage(query, await list(query, services)),
);
