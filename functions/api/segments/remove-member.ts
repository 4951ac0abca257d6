import { removeMember } from '../../../core/contract/segment-insight.ts';
import { removeMember as remove } from '../../../core/flows/manual-members.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(removeMember, async ({ params: { id, profileId } }, services) => {
  await remove(id, profileId, services);
  return undefined;
});
