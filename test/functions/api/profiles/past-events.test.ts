import { beforeAll, expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { nextEventId } from '../../../../functions/adapters/ids.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const dayMilliseconds = 86_400_000;
let loop: Loop;
let platform: Platform;
let profileId: string;
const seasons: AcceptedEvent[][] = [];

const visits = (count: number, type: string): AcceptedEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const at = loop.clock.at - index * 60_000;
    return {
      ...customerEvent('ada', { type, at: new Date(at).toISOString() }),
      id: nextEventId(loop.clock.at + index),
    };
  });

/** Three seasons: of the first two the table has nothing any more. */
beforeAll(async () => {
  loop = new Loop();
  for (const type of ['page_view', 'purchase_viewed', 'page_view']) {
    const events = visits(4, type);
    seasons.push(events);
    await loop.fold(events);
    await loop.run();
    loop.clock.advance(60 * dayMilliseconds);
  }
  loop.clock.advance(-30 * dayMilliseconds);
  platform = await loopPlatform(loop);
  profileId = (await loop.services.profiles.ownersOf(['customerId#ada'])).get('customerId#ada') ?? '';
});

const idsOf = (events: readonly { id: string }[]) => events.map(({ id }) => id);
const newestFirst = () => idsOf([...seasons].reverse().flat());

test('the table has forgotten the events of the first seasons', async () => {
  const state = await loop.services.profiles.get(profileId);
  if (!state) throw new Error('the profile is not there');
  const { events, complete } = await loop.services.profiles.history(state);
  expect({ events: events.length, complete }).toEqual({ events: 4, complete: false });
});

test('a profile’s events go back beyond what the table keeps, newest first, page by page', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 3, ...(cursor === undefined ? {} : { cursor }) };
    const { data } = await platform.call('listProfileEvents', { params: { id: profileId }, query });
    seen.push(...idsOf(data.items));
    cursor = data.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(newestFirst());
});

test('filters hold for old events, too', async () => {
  const query = { type: 'purchase_viewed' };
  const { data } = await platform.call('listProfileEvents', { params: { id: profileId }, query });
  expect(idsOf(data.items)).toEqual(idsOf(seasons[1] ?? []));
});

test('the timeline goes back as far, and takes kinds and types', async () => {
  const timeline = async (query: Record<string, unknown>) => {
    const { data } = await platform.call('getTimeline', { params: { id: profileId }, query: { limit: 100, ...query } });
    return data.items.flatMap(item => (item.kind === 'event' ? [item.event.id] : []));
  };
  expect(await timeline({})).toEqual(newestFirst());
  expect(await timeline({ types: 'event' })).toEqual(newestFirst());
  expect(await timeline({ types: 'purchase_viewed' })).toEqual(idsOf(seasons[1] ?? []));
  expect(await timeline({ types: 'consent' })).toEqual([]);
});
