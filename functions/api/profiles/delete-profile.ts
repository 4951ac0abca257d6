import { deleteProfile } from '../../../core/contract/profiles.ts';
import { startErasure } from '../../../core/flows/start-erasure.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteProfile, async ({ params, query }, services) => {
  const { id: requestId, subjectId } = await startErasure(params.id, query, services);
  return { id: subjectId, deleted: true as const, requestId };
});
