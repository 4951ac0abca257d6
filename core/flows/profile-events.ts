import type { TrackedEvent } from '../contract/events.ts';
import { newestFirst } from '../engines/profiles/newest-first.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';

/** Which part of a profile's past is asked for; `from` and `until` in epoch ms, `until` excluded. */
export interface PastQuery {
  from: number;
  until: number;
  limit: number;
  cursor?: string | undefined;
}

export const isWithin = (at: string, { from, until }: Pick<PastQuery, 'from' | 'until'>): boolean => {
  const instant = Date.parse(at);
  return instant >= from && instant < until;
};

/** A page of a profile's events, newest first by the time they happened. @throws Problem `NOT_FOUND` */
export const profileEvents = async (
  id: string,
  query: PastQuery & { type?: string | undefined },
  profiles: ProfileStore,
): Promise<{ items: TrackedEvent[]; nextCursor?: string }> => {
  const state = await liveProfile(id, profiles);
  const moments = (await profiles.events(state))
    .filter(event => (query.type === undefined || event.type === query.type) && isWithin(event.timestamp, query))
    .map(event => ({ at: event.timestamp, id: event.id, event: trackedEvent(event, state.id) }));
  const { items, ...rest } = newestFirst(moments, query.limit, query.cursor);
  return { items: items.map(({ event }) => event), ...rest };
};
