import { listRequests } from '../../../core/contract/gdpr.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { listRequests as list } from '../../../core/flows/list-requests.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listRequests, async ({ query }, services) =>
  answeredPage(query, await list(query, services)),
);
