import { byTime, type PastEvent } from '../language/past-event.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { EventLake } from '../ports/event-lake.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { restoredEvents } from './restored-events.ts';

export interface RecentTools {
  profiles: ProfileStore;
  eventLake: EventLake;
  seals: ProfileSeals;
  now: () => Date;
}

interface Asked {
  /** Epoch ms. */
  since: number;
  types: ReadonlySet<string>;
}

const pageSize = 1000;

/**
 * What somebody did since then, in the order of time. The table has what was committed in the last 90 days, and no more
 * of it is read than may be as new; the lake has what is older, and is asked only by who looks further back.
 */
export const recentEvents = async (profile: ProfileState, asked: Asked, tools: RecentTools): Promise<PastEvent[]> => {
  const { events, complete } = await tools.profiles.eventsSince(profile, asked.since);
  const older = complete ? [] : await lakeEvents(profile.id, asked, tools);
  const known = new Map([...older, ...events].map(event => [event.id, event]));
  return [...known.values()]
    .filter(({ type, timestamp }) => asked.types.has(type) && Date.parse(timestamp) >= asked.since)
    .map(pastEvent)
    .sort(byTime);
};

export const pastEvent = ({ id, type, timestamp, properties, source }: AcceptedEvent): PastEvent => ({
  id,
  type,
  at: Date.parse(timestamp),
  properties,
  source,
});

const lakeEvents = async (profileId: string, { since, types }: Asked, tools: RecentTools): Promise<AcceptedEvent[]> => {
  const found: AcceptedEvent[] = [];
  const from = Math.max(0, since);
  /** Events may be a few minutes ahead. */
  const until = tools.now().getTime() + 3_600_000;
  for (let cursor: string | undefined, isLast = false; !isLast; isLast = cursor === undefined) {
    const page = await tools.eventLake.page({ profileId, types: [...types], from, until, limit: pageSize, cursor });
    found.push(...(await restoredEvents(page.events, tools.seals)).map(({ event }) => event));
    cursor = page.nextCursor;
  }
  return found;
};
