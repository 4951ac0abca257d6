import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { EventLake, ReadingLimits } from '../ports/event-lake.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { restoredEvents } from './restored-events.ts';

export interface PastTools {
  profiles: ProfileStore;
  eventLake: EventLake;
  seals: ProfileSeals;
}

/** Which part of a profile's past is asked for; `from` and `until` in epoch ms, `until` excluded. */
export interface PastQuery extends ReadingLimits {
  from: number;
  until: number;
  limit: number;
  cursor?: string | undefined;
}

/**
 * The events of a profile among which the page is that is asked for. Those of the last 90 days are in the table, as
 * fresh as their commit; where older ones have gone from there, the lake has them.
 */
export const pastEvents = async (
  state: ProfileState,
  { from, until, limit, cursor, types, budgetSeconds, signal }: PastQuery & { types?: readonly string[] | undefined },
  { profiles, eventLake, seals }: PastTools,
): Promise<AcceptedEvent[]> => {
  const { events, complete } = await profiles.history(state);
  if (complete) return events;
  const asked = { profileId: state.id, types, from, until, limit: limit + 1, cursor };
  const page = await eventLake.page({ ...asked, budgetSeconds, signal });
  const known = new Map((await restoredEvents(page.events, seals)).map(({ event }) => [event.id, event]));
  for (const event of events) known.set(event.id, event);
  return [...known.values()];
};
