import { getSegmentSize } from '../../../core/contract/segments.ts';
import { segmentSize } from '../../../core/flows/segment-size.ts';
import { watermarkOf } from '../../../core/flows/watermark.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getSegmentSize, async ({ params, query }, services) => {
  const { cacheSeconds } = services.settings;
  const size = await segmentSize(params.id, { exact: query.exact, cacheSeconds }, services);
  return { ...size, ...(await watermarkOf(services.counters)) };
});
