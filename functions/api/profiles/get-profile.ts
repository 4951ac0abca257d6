import { contentLocation } from '../../../core/contract/content-location.ts';
import { getProfile } from '../../../core/contract/profiles.ts';
import { etagOf } from '../../../core/engines/profiles/profile-view.ts';
import { liveProfile } from '../../../core/flows/live-profile.ts';
import { showProfile } from '../../../core/flows/show-profiles.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getProfile, async ({ params: { id } }, services) => {
  const state = await liveProfile(id, services.profiles);
  const headers = { etag: etagOf(state), ...contentLocation(getProfile, id, state.id) };
  return new Answer(await showProfile(state, services), { headers });
});
