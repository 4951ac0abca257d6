import { getSegmentSize } from '../../../core/contract/segments.ts';
import { segmentSize } from '../../../core/flows/segment-size.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getSegmentSize, ({ params, query }, services) =>
  segmentSize(params.id, { exact: query.exact, cacheSeconds: services.settings.cacheSeconds }, services),
);
