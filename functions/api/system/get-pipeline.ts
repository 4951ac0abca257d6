import { getPipeline } from '../../../core/contract/system.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getPipeline, async (_request, { pipeline, counters }) => {
  const [stages, { watermark }] = await Promise.all([pipeline.stages(), counters.totals()]);
  const at = watermark > 0 ? new Date(watermark).toISOString() : undefined;
  const undecided = stages.some(({ name, depth }) => name === 'reevaluateProfile' && (depth ?? 0) > 0);
  return { stages, watermark: at, segmentsWatermark: undecided ? undefined : at };
});
