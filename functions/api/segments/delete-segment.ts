import { deleteSegment } from '../../../core/contract/segments.ts';
import { deleteSegment as remove } from '../../../core/flows/delete-segment.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteSegment, async ({ params, query }, services) => {
  const job = await remove(params.id, query.force, services);
  return { id: params.id, deleted: true as const, jobId: job.id };
});
