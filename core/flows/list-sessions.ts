import type { SessionView } from '../engines/sessions/session-view.ts';
import { sessionsOf } from '../engines/sessions/sessions-of.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { lakeSessions } from './lake-sessions.ts';
import { liveProfile } from './live-profile.ts';
import type { LakeSessionTools } from './read-sessions.ts';
import { type ListedSessions, type SessionQuery, sessionPage } from './session-page.ts';

interface ProfileTools {
  profiles: ProfileStore;
  accountCurrency: string;
}

/** A page of a profile's sessions, as its events are at this moment. @throws Problem `NOT_FOUND` */
export const profileSessions = async (id: string, query: SessionQuery, tools: ProfileTools): Promise<ListedSessions> =>
  pageOf(await liveProfile(id, tools.profiles), query, tools);

const pageOf = async (
  state: ProfileState,
  query: SessionQuery,
  { profiles, accountCurrency }: ProfileTools,
): Promise<ListedSessions> => {
  const known = sessionsOf(await profiles.events(state), { profileId: state.id, accountCurrency });
  const { items, ...rest } = sessionPage(known, query);
  return { ...rest, items: items.map(({ view }) => view) };
};

/** A profile's last sessions, newest first. */
export const newestSessions = async (
  state: ProfileState,
  limit: number,
  tools: ProfileTools,
): Promise<SessionView[]> => {
  const all = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  return (await pageOf(state, { ...all, limit }, tools)).items;
};

/** A page of sessions: of one profile where one is named, else of everybody. @throws Problem `NOT_FOUND` */
export const listSessions = (
  { profileId, ...query }: SessionQuery & { profileId?: string | undefined },
  tools: ProfileTools & LakeSessionTools,
): Promise<ListedSessions> =>
  profileId === undefined ? lakeSessions(query, tools) : profileSessions(profileId, query, tools);
