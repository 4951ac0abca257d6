import { evaluateSegments } from '../../../core/contract/segment-insight.ts';
import { evaluateMany } from '../../../core/flows/evaluate-now.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(evaluateSegments, async ({ body }, services) => {
  const jobs = await evaluateMany(body.ids, services);
  return { jobIds: jobs.map(({ id }) => id) };
});
