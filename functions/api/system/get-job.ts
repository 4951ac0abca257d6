import { getJob } from '../../../core/contract/system.ts';
import { notFound } from '../../../core/errors.ts';
import { resultOf } from '../../../core/flows/stored-job.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getJob, async ({ params }, { jobs }) => {
  const job = await jobs.get(params.id);
  if (!job) throw notFound('Job', params.id);
  const result = resultOf(job);
  return { ...job, ...(result === undefined ? {} : { result }) };
});
