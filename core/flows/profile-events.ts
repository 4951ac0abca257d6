import type { TrackedEvent } from '../contract/events.ts';
import { newestFirst } from '../engines/profiles/newest-first.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import { liveProfile } from './live-profile.ts';
import { type PastQuery, type PastTools, pastEvents } from './past-events.ts';

export const isWithin = (at: string, { from, until }: Pick<PastQuery, 'from' | 'until'>): boolean => {
  const instant = Date.parse(at);
  return instant >= from && instant < until;
};

/** A page of a profile's events, newest first by the time they happened. @throws Problem `NOT_FOUND` */
export const profileEvents = async (
  id: string,
  query: PastQuery & { type?: string | undefined },
  tools: PastTools,
): Promise<{ items: TrackedEvent[]; nextCursor?: string }> => {
  const state = await liveProfile(id, tools.profiles);
  const types = query.type === undefined ? undefined : [query.type];
  const moments = (await pastEvents(state, { ...query, types }, tools))
    .filter(event => (query.type === undefined || event.type === query.type) && isWithin(event.timestamp, query))
    .map(event => ({ at: event.timestamp, id: event.id, event: trackedEvent(event, state.id) }));
  const { items, ...rest } = newestFirst(moments, query.limit, query.cursor);
  return { items: items.map(({ event }) => event), ...rest };
};
