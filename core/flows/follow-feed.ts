import type { TrackedEvent } from '../contract/events.ts';
import { unprocessable } from '../errors.ts';
import { type FeedPlace, placeIn, placeText } from '../model/feed-place.ts';
import { type FeedFilter, type FeedTools, readFeed } from './read-feed.ts';

/** What somebody who follows the feed is told; `place`: from where to go on. */
export type FeedMessage =
  | { kind: 'event'; event: TrackedEvent; place: string }
  | { kind: 'ready' | 'gap' | 'end'; place: string }
  | { kind: 'heartbeat' };

export interface FollowFeedTools extends FeedTools {
  now: () => Date;
  /** Waits, or less long where nobody listens any more. */
  pause: (milliseconds: number) => Promise<void>;
  isHeard: () => boolean;
}

const pollMilliseconds = 500;
const heartbeatMilliseconds = 15_000;
const lifeMilliseconds = 10 * 60_000;
const eventsAtOnce = 500;

/**
 * The place that a caller names: where the feed stands now, a place that it was told, or an event of the last hour.
 * @throws Problem `VALIDATION_FAILED`
 */
export const feedPlace = async (
  text: string | undefined,
  path: string,
  { eventFeed }: Pick<FeedTools, 'eventFeed'>,
): Promise<FeedPlace> => {
  if (text === undefined || text === 'now') return eventFeed.end();
  if (text.startsWith('event-')) return eventFeed.before(text);
  const place = placeIn(text);
  if (!place) throw unprocessable(path, 'is no place in the feed');
  return place;
};

/** Tells of events as they come, for ten minutes at most, and says so when there is nothing to tell. */
export async function* followFeed(
  start: FeedPlace,
  filter: FeedFilter,
  tools: FollowFeedTools,
): AsyncGenerator<FeedMessage> {
  const end = tools.now().getTime() + lifeMilliseconds;
  let place = start;
  let saidAt = tools.now().getTime();
  yield { kind: 'ready', place: placeText(place) };
  while (tools.isHeard() && tools.now().getTime() < end) {
    const { events, place: reached, gap, more } = await readFeed(place, filter, eventsAtOnce, tools);
    if (gap) yield { kind: 'gap', place: placeText(reached) };
    for (const one of events) yield { kind: 'event', event: one.event, place: placeText(one.place) };
    place = reached;
    if (events.length > 0) saidAt = tools.now().getTime();
    if (more) continue;
    if (tools.now().getTime() - saidAt >= heartbeatMilliseconds) {
      yield { kind: 'heartbeat' };
      saidAt = tools.now().getTime();
    }
    await tools.pause(pollMilliseconds);
  }
  yield { kind: 'end', place: placeText(place) };
}
