import { contentLocation } from '../../../core/contract/content-location.ts';
import { getProfile } from '../../../core/contract/profiles.ts';
import { etagOf } from '../../../core/engines/profiles/profile-view.ts';
import { newestSessions } from '../../../core/flows/list-sessions.ts';
import { liveProfile } from '../../../core/flows/live-profile.ts';
import { profileAsOf } from '../../../core/flows/profile-as-of.ts';
import { showProfile } from '../../../core/flows/show-profiles.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

const sessionsMax = 20;

export const handler = endpoint(getProfile, async ({ params: { id }, query: { include = '', asOf } }, services) => {
  const state = await liveProfile(id, services.profiles);
  const location = contentLocation(getProfile, id, state.id);
  const { accountCurrency } = services.settings;
  if (asOf !== undefined) {
    const { profile, ...meta } = await profileAsOf(state, Date.parse(asOf), { ...services, accountCurrency });
    return new Answer(profile, { headers: location, meta: { asOf, ...meta } });
  }
  const sessions = include.includes('sessions')
    ? { sessions: await newestSessions(state, sessionsMax, { ...services, accountCurrency }) }
    : {};
  const { members: mergedFrom } = state.head;
  const merged = mergedFrom ? { mergedFrom } : {};
  const headers = { etag: etagOf(state), ...location };
  return new Answer({ ...(await showProfile(state, services)), ...sessions, ...merged }, { headers });
});
