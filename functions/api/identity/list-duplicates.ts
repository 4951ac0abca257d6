import { listDuplicates } from '../../../core/contract/matching.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { listDuplicates as list } from '../../../core/flows/list-duplicates.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listDuplicates, async ({ query }, services) =>
  answeredPage({ limit: query.limit }, await list(query, services)),
);
