import { getBatch } from '../../../core/contract/events.ts';
import { notFound } from '../../../core/errors.ts';
import { batchStatus } from '../../../core/flows/batch-status.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getBatch, async ({ params }, services) => {
  const status = await batchStatus(params.id, services);
  if (!status) throw notFound('Batch', params.id);
  return status;
});
