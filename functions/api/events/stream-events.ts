import { TrackedEvent } from '../../../core/contract/events.ts';
import { streamEvents } from '../../../core/contract/events-read.ts';
import { feedPlace, followFeed } from '../../../core/flows/follow-feed.ts';
import { readFeed } from '../../../core/flows/read-feed.ts';
import { placeText } from '../../../core/model/feed-place.ts';
import { streamEndpoint } from '../../kit/stream-endpoint.ts';

export const handler = streamEndpoint(streamEvents, {
  item: TrackedEvent,
  isOnce: ({ after }) => after !== undefined,
  once: async ({ query }, services) => {
    const start = await feedPlace(query.after, 'query.after', services);
    const { events, place, gap } = await readFeed(start, query, query.limit, services);
    return { items: events.map(({ event }) => event), after: placeText(place), gap };
  },
  follow: async ({ query, headers }, { eventFeed, profiles, seals, now }, listener) => {
    const start = await feedPlace(headers['last-event-id'], 'headers.last-event-id', { eventFeed });
    return followFeed(start, query, { eventFeed, profiles, seals, now, ...listener });
  },
});
