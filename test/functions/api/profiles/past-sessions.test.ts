import { beforeAll, expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { nextEventId } from '../../../../functions/adapters/ids.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const [minute, day] = [60_000, 86_400_000];
let loop: Loop;
let platform: Platform;
let profileId: string;
/** When the sessions began, the newest first. */
const begun: string[] = [];

const viewAt = (at: number): AcceptedEvent => ({
  ...customerEvent('ada', { type: 'page_view', at: new Date(at).toISOString() }),
  id: nextEventId(loop.clock.at),
});

/** Four visits of two pages, one every two hours. */
const season = (): AcceptedEvent[] =>
  [0, 1, 2, 3].flatMap(visit => {
    const at = loop.clock.at - visit * 120 * minute;
    return [viewAt(at - 10 * minute), viewAt(at)];
  });

/** Of the first two of three seasons the table has nothing any more. */
beforeAll(async () => {
  loop = new Loop();
  for (let count = 0; count < 3; count += 1) {
    const events = season();
    begun.unshift(...events.filter((_, place) => place % 2 === 0).map(({ timestamp }) => timestamp));
    await loop.fold(events);
    await loop.run();
    loop.clock.advance(60 * day);
  }
  loop.clock.advance(-30 * day);
  platform = await loopPlatform(loop);
  profileId = (await loop.services.profiles.ownersOf(['customerId#ada'])).get('customerId#ada') ?? '';
});

type Lister = (query: Record<string, unknown>) => ReturnType<typeof ofProfile>;
const ofProfile = async (query: Record<string, unknown>) =>
  (await platform.call('listProfileSessions', { params: { id: profileId }, query })).data;
const ofEverybody: Lister = async query => (await platform.call('listSessions', { query })).data;
const named: Lister = query => ofEverybody({ ...query, profileId });

const everyPage = async (list: Lister, query: Record<string, unknown>) => {
  const items: Awaited<ReturnType<typeof ofProfile>>['items'] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
};

const lists: [string, Lister][] = [
  ['a profile’s own list', ofProfile],
  ['the list with a profile’s name', named],
  ['the list of everybody', ofEverybody],
];

test('the table has forgotten two of the seasons', async () => {
  const state = await loop.services.profiles.get(profileId);
  expect(state && (await loop.services.profiles.events(state))).toHaveLength(8);
});

test.each(lists)(
  '%s goes back beyond what the table keeps: each session once, newest first, page by page',
  async (_name, list) => {
    for (const limit of [1, 3, 5, 100]) {
      const items = await everyPage(list, { limit });
      expect(items.map(({ startedAt }) => startedAt)).toEqual(begun);
      expect(items.every(({ eventCount, durationSeconds }) => eventCount === 2 && durationSeconds === 600)).toBe(true);
    }
  },
);

test.each(lists)('%s takes a range of long ago', async (_name, list) => {
  const range = { startDate: begun[9], endDate: begun[6] };
  const items = await everyPage(list, { ...range, limit: 2 });
  expect(items.map(({ startedAt }) => startedAt)).toEqual(begun.slice(6, 10));
});

test('a profile is read with its last sessions, as far as the table has them', async () => {
  const { data } = await platform.call('getProfile', { params: { id: profileId }, query: { include: 'sessions' } });
  expect(data.sessions?.map(({ startedAt }) => startedAt)).toEqual(begun.slice(0, 4));
});

test('the last page of the table’s sessions asks no lake', async () => {
  const eventLake = { page: () => Promise.reject(new Error('the lake is away')), one: async () => undefined };
  const away = Object.assign(Object.create(loop), { services: { ...loop.services, eventLake } });
  platform = await loopPlatform(away);
  expect((await ofProfile({ limit: 4 })).items.map(({ startedAt }) => startedAt)).toEqual(begun.slice(0, 4));
  platform = await loopPlatform(loop);
});

test('an event that comes months late is in its session at once, although the lake does not know it yet', async () => {
  const first = (await everyPage(ofProfile, { limit: 3 })).at(-1);
  const late = viewAt(Date.parse(first?.endedAt ?? '') + 20 * minute);
  await loop.fold([late]);
  const told = (await everyPage(ofProfile, { limit: 3 })).at(-1);
  expect(told).toMatchObject({ id: first?.id, startedAt: first?.startedAt, endedAt: late.timestamp, eventCount: 3 });
  await loop.run();
  expect((await everyPage(ofProfile, { limit: 3 })).at(-1)).toEqual(told);
  expect(await everyPage(ofProfile, { limit: 3 })).toHaveLength(begun.length);
});
