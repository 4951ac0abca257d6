import type { TrackedEvent } from '../contract/events.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import type { EventLake, EventPageQuery } from '../ports/event-lake.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import { restoredEvents } from './restored-events.ts';

export interface ListEventsTools {
  eventLake: EventLake;
  seals: ProfileSeals;
}

export interface ListedEvents {
  items: TrackedEvent[];
  nextCursor?: string;
  /** Epoch ms of the newest change that the answer knows. */
  asOf?: number;
}

/**
 * A page of everybody's events, newest first. A page may be short of its limit where somebody was erased just now.
 *
 * @throws QueryOverBudget
 */
export const listEvents = async (
  query: EventPageQuery,
  { eventLake, seals }: ListEventsTools,
): Promise<ListedEvents> => {
  const { events, ...found } = await eventLake.page(query);
  const restored = await restoredEvents(events, seals);
  return { ...found, items: restored.map(({ event, profileId }) => trackedEvent(event, profileId)) };
};
