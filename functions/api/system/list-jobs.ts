import { answeredPage } from '../../../core/contract/paging.ts';
import { listJobs } from '../../../core/contract/system.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listJobs, async ({ query }, { jobs }) => {
  const { kind, status } = query;
  const page = await jobs.page(
    query,
    job => (kind === undefined || job.kind === kind) && (status === undefined || job.status === status),
  );
  return answeredPage(query, page);
});
