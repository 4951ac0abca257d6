import { lookupProfile } from '../../../core/contract/profiles.ts';
import { etagOf } from '../../../core/engines/profiles/profile-view.ts';
import { lookUpProfile } from '../../../core/flows/look-up-profile.ts';
import { showProfile } from '../../../core/flows/show-profiles.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(lookupProfile, async ({ query }, services) => {
  const state = await lookUpProfile(query, services);
  return new Answer(await showProfile(state, services), { headers: { etag: etagOf(state) } });
});
