import { answeredPage } from '../../../core/contract/paging.ts';
import { listSegments } from '../../../core/contract/segments.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSegments, async ({ query }, { segments }) =>
  answeredPage(query, await segments.page(query, ({ type }) => query.type === undefined || type === query.type)),
);
