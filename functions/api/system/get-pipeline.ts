import { getPipeline } from '../../../core/contract/system.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getPipeline, async (_request, { pipeline, counters }) => {
  const [stages, { watermark }] = await Promise.all([pipeline.stages(), counters.totals()]);
  return { stages, ...(watermark > 0 ? { watermark: new Date(watermark).toISOString() } : {}) };
});
