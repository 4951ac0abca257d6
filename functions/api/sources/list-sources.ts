import { answeredPage } from '../../../core/contract/paging.ts';
import { listSources } from '../../../core/contract/sources.ts';
import { listSources as list } from '../../../core/flows/list-sources.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSources, async ({ query }, services) =>
  answeredPage(query, await list(query, services)),
);
