import { listDependents } from '../../../core/contract/segment-insight.ts';
import { notFound } from '../../../core/errors.ts';
import { usersOf } from '../../../core/flows/delete-segment.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listDependents, async ({ params: { id } }, services) => {
  if (!(await services.segments.get(id))) throw notFound('Segment', id);
  return { items: await usersOf(id, services) };
});
