import { exportSegment } from '../../../core/contract/segment-export.ts';
import { exportSegment as exported } from '../../../core/flows/export-segment.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(exportSegment, async ({ params, body, caller }, services) => {
  const told = await exported(params.id, { ...body, fieldPolicy: caller.fieldPolicy }, services);
  return new Answer(told, { status: told.status === 'running' ? 202 : 200 });
});
