import { evaluateSegmentNow } from '../../../core/contract/segment-insight.ts';
import { evaluateOne } from '../../../core/flows/evaluate-now.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(evaluateSegmentNow, async ({ params }, services) => {
  const { id } = await evaluateOne(params.id, services);
  return { jobId: id };
});
