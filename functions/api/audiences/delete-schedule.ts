import { deleteSchedule } from '../../../core/contract/audience-schedules.ts';
import { deleteSchedule as remove } from '../../../core/flows/audience-schedules.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteSchedule, async ({ params }, services) => {
  await remove(params.id, params.platform, services);
  return undefined;
});
