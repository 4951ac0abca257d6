import type { TrackedEvent } from '../contract/events.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import type { FeedPlace } from '../model/feed-place.ts';
import type { EventFeed, FeedObject } from '../ports/event-feed.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { restoredEvents } from './restored-events.ts';
import { survivorsOf } from './survivors-of.ts';

export interface FeedTools {
  eventFeed: EventFeed;
  profiles: ProfileStore;
  seals: ProfileSeals;
}

export interface FeedFilter {
  type?: string | undefined;
  /** Whoever has its events now. */
  profileId?: string | undefined;
}

/** An event of the feed, and where somebody stands who has seen it. */
export interface FedEvent {
  event: TrackedEvent;
  place: FeedPlace;
}

export interface FedEvents {
  events: FedEvent[];
  /** Where somebody stands who has seen all of them. */
  place: FeedPlace;
  gap: boolean;
  /** There was more than was asked for. */
  more: boolean;
}

const objectsAtOnce = 20;

/** What has come after a place, in the order of the commits; at most `limit` events. */
export const readFeed = async (
  place: FeedPlace,
  filter: FeedFilter,
  limit: number,
  tools: FeedTools,
): Promise<FedEvents> => {
  const { objects, gap } = await tools.eventFeed.after(place, objectsAtOnce);
  const events: FedEvent[] = [];
  let reached = place;
  for (const object of objects) {
    for (const [index, event] of (await shownEvents(object, filter, tools)).entries()) {
      if (!event) continue;
      if (events.length === limit) return { events, place: reached, gap, more: true };
      const rows = object.skipped + index + 1;
      reached = { ...reached, [object.shard]: { to: object.from, rows } };
      events.push({ event, place: reached });
    }
    reached = { ...reached, [object.shard]: { to: object.to, rows: 0 } };
  }
  return { events, place: reached, gap, more: objects.length === objectsAtOnce };
};

/** The events of an object in the places of their rows; nothing in the place of one that is not meant. */
const shownEvents = async (
  { rows }: FeedObject,
  { type, profileId }: FeedFilter,
  { profiles, seals }: FeedTools,
): Promise<(TrackedEvent | undefined)[]> => {
  const meant = rows.filter(row => type === undefined || row.type === type);
  const asked = meant.map(row => row.profileId).concat(profileId ?? []);
  const survivors = await survivorsOf([...new Set(asked)], profiles);
  const wanted = profileId === undefined ? undefined : survivors.get(profileId);
  const archived = meant.flatMap(row => {
    const survivor = survivors.get(row.profileId);
    const isMeant = survivor !== undefined && (profileId === undefined || survivor === wanted);
    return isMeant ? [{ row, profileId: survivor }] : [];
  });
  const restored = await restoredEvents(archived, seals);
  const byId = new Map(restored.map(({ event, profileId: id }) => [event.id, trackedEvent(event, id)]));
  return rows.map(row => byId.get(row.eventId));
};
