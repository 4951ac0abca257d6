import { answeredPage } from '../../../core/contract/paging.ts';
import { listSegments } from '../../../core/contract/segments.ts';
import { listSegments as list } from '../../../core/flows/list-segments.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSegments, async ({ query }, services) =>
  answeredPage(query, await list({ ...query, cacheSeconds: services.settings.cacheSeconds }, services)),
);
