import { answeredPage } from '../../../core/contract/paging.ts';
import { listSuppressions } from '../../../core/contract/suppressions.ts';
import { listSuppressions as list } from '../../../core/flows/list-suppressions.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSuppressions, async ({ query }, services) =>
  answeredPage({ limit: query.limit }, await list(query, services)),
);
