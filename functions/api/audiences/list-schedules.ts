import { listSchedules } from '../../../core/contract/audience-schedules.ts';
import { notFound } from '../../../core/errors.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSchedules, async ({ params }, { audiences }) => {
  const audience = await audiences.get(params.id);
  if (!audience) throw notFound('Audience', params.id);
  return { items: audience.schedules ?? [] };
});
