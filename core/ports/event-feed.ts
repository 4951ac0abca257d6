import type { FeedPlace } from '../model/feed-place.ts';
import type { LakeEvent } from '../model/lake-event.ts';

/** What one object of a shard brought, as far as it was not told of. */
export interface FeedObject {
  shard: string;
  from: string;
  to: string;
  /** Epoch ms. */
  at: number;
  rows: LakeEvent[];
  /** How many of its rows came before these. */
  skipped: number;
}

export interface FedObjects {
  /** Oldest first. */
  objects: FeedObject[];
  /** Some were there and are not any more. */
  gap: boolean;
}

/** Events in the order in which they are committed, for as long as they are new: an hour at least. */
export interface EventFeed {
  /** Where the feed stands now. */
  end(): Promise<FeedPlace>;
  /** The place before everything that may have come with or after an event. */
  before(eventId: string): Promise<FeedPlace>;
  /** Some of what comes after a place, at most so many objects. */
  after(place: FeedPlace, objectsMax: number): Promise<FedObjects>;
}
