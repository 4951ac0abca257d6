import type { TrackedEvent } from '../contract/events.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import { unprocessable } from '../errors.ts';
import type { EventLake, EventPageQuery, FoundEvents } from '../ports/event-lake.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import { QueryTooSlow } from '../ports/query-engine.ts';
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
 * @throws Problem `VALIDATION_FAILED` for a question that takes longer than it may
 */
export const listEvents = async (
  query: EventPageQuery,
  { eventLake, seals }: ListEventsTools,
): Promise<ListedEvents> => {
  const { events, ...found } = await withinBudget(eventLake, query);
  const restored = await restoredEvents(events, seals);
  return { ...found, items: restored.map(({ event, profileId }) => trackedEvent(event, profileId)) };
};

/** A question that takes too long was stopped; an export asks it in the background. */
const withinBudget = async (eventLake: EventLake, query: EventPageQuery): Promise<FoundEvents> => {
  try {
    return await eventLake.page(query);
  } catch (fault) {
    if (!(fault instanceof QueryTooSlow)) throw fault;
    const seconds = query.budgetSeconds ?? 0;
    throw unprocessable(
      'query.startDate',
      `names a range that takes longer than ${seconds} s to look through: name a shorter one, or export it with POST /exports`,
    );
  }
};
