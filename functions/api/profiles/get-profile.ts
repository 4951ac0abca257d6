import { contentLocation } from '../../../core/contract/content-location.ts';
import { getProfile } from '../../../core/contract/profiles.ts';
import { etagOf } from '../../../core/engines/profiles/profile-view.ts';
import { newestSessions } from '../../../core/flows/list-sessions.ts';
import { liveProfile } from '../../../core/flows/live-profile.ts';
import { showProfile } from '../../../core/flows/show-profiles.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

const sessionsMax = 20;

export const handler = endpoint(getProfile, async ({ params: { id }, query: { include = '' } }, services) => {
  const state = await liveProfile(id, services.profiles);
  const headers = { etag: etagOf(state), ...contentLocation(getProfile, id, state.id) };
  const { accountCurrency } = services.settings;
  const sessions = include.includes('sessions')
    ? { sessions: await newestSessions(state, sessionsMax, { ...services, accountCurrency }) }
    : {};
  const { members: mergedFrom } = state.head;
  const merged = mergedFrom ? { mergedFrom } : {};
  return new Answer({ ...(await showProfile(state, services)), ...sessions, ...merged }, { headers });
});
