import { answeredPage } from '../../../core/contract/paging.ts';
import { listMembers } from '../../../core/contract/segments.ts';
import { listMembers as list } from '../../../core/flows/list-members.ts';
import { watermarkOf } from '../../../core/flows/watermark.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listMembers, async ({ params, query }, services) => ({
  ...answeredPage(query, await list(params.id, query, services)),
  ...(await watermarkOf(services.counters)),
}));
