import { sessionEvent } from '../engines/sessions/session-event.ts';
import type { SessionView } from '../engines/sessions/session-view.ts';
import { sessionsOf } from '../engines/sessions/sessions-of.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { keptDays } from '../model/kept-days.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { lakeSessions, longSessions } from './lake-sessions.ts';
import { liveProfile } from './live-profile.ts';
import type { LakeSessionTools } from './read-sessions.ts';
import { type ListedSessions, type SessionQuery, sessionPage } from './session-page.ts';

interface ProfileTools extends LakeSessionTools {
  profiles: ProfileStore;
  now: () => Date;
}

/** What happened so long ago and later is in the table, even where a clock ran ahead. */
const keptMilliseconds = (keptDays - 1) * 86_400_000;

/** A page of a profile's sessions, as its events are at this moment. @throws Problem `NOT_FOUND` */
export const profileSessions = async (id: string, query: SessionQuery, tools: ProfileTools): Promise<ListedSessions> =>
  pageOf(await liveProfile(id, tools.profiles), query, tools);

const pageOf = async (state: ProfileState, query: SessionQuery, tools: ProfileTools): Promise<ListedSessions> => {
  const { accountCurrency, now, profiles } = tools;
  const { id: profileId } = state;
  const { events, complete } = await profiles.history(state);
  if (!complete) {
    const kept = { profileId, events: events.map(sessionEvent) };
    const { asOf: _lake, ...page } = await longSessions(kept, now().getTime() - keptMilliseconds, query, tools);
    return page;
  }
  return keptPage(events, profileId, query, accountCurrency);
};

const keptPage = (
  events: readonly AcceptedEvent[],
  profileId: string,
  query: SessionQuery,
  accountCurrency: string,
): ListedSessions => {
  const { items, ...rest } = sessionPage(sessionsOf(events, { profileId, accountCurrency }), query);
  return { ...rest, items: items.map(({ view }) => view) };
};

/** A profile's last sessions, newest first, as far as the table keeps its events. */
export const newestSessions = async (
  state: ProfileState,
  limit: number,
  { profiles, accountCurrency }: Pick<ProfileTools, 'profiles' | 'accountCurrency'>,
): Promise<SessionView[]> => {
  const { events } = await profiles.history(state);
  const all = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  return keptPage(events, state.id, { ...all, limit }, accountCurrency).items;
};

/** A page of sessions: of one profile where one is named, else of everybody. @throws Problem `NOT_FOUND` */
export const listSessions = (
  { profileId, ...query }: SessionQuery & { profileId?: string | undefined },
  tools: ProfileTools,
): Promise<ListedSessions> =>
  profileId === undefined ? lakeSessions(query, tools) : profileSessions(profileId, query, tools);
