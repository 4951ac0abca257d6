import { answeredPage } from '../../../core/contract/paging.ts';
import { listSyncs } from '../../../core/contract/syncs.ts';
import { listSyncs as list } from '../../../core/flows/list-syncs.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSyncs, async ({ params, query }, services) =>
  answeredPage(query, await list(params.id, query, services)),
);
