import { beforeAll, expect, test } from 'vitest';
import { compactLake } from '../../../../core/flows/compact-lake.ts';
import { eraseProfile } from '../../../../core/flows/erase-profile.ts';
import { mergeLake } from '../../../../core/flows/merge-lake.ts';
import { nextEventId } from '../../../../functions/adapters/ids.ts';
import { duckdbLakeFiles } from '../../../../functions/adapters/lake/write/duckdb-lake-files.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const start = Date.parse('2026-02-14T00:00:00Z');
const people = ['ada', 'bob', 'eve'];

/** Each comes every two hours for a day, in turns, and looks at three pages. */
const visitsOf = (customer: string, shift: number) =>
  Array.from({ length: 12 }, (_, visit) =>
    [0, 10, 20].map(minute => {
      const at = new Date(start + (visit * 120 + shift + minute) * 60_000).toISOString();
      const view = customerEvent(customer, { type: 'page_view', at });
      const source = visit % 4 === 0 ? 'ios' : 'web';
      return {
        ...view,
        id: nextEventId(Date.parse(at)),
        source,
        deviceId: `${customer}-phone`,
        properties: { page: '/' },
      };
    }),
  ).flat();

let loop: Loop;
let platform: Platform;

beforeAll(async () => {
  loop = new Loop();
  const events = people.flatMap((customer, turn) => visitsOf(customer, turn * 25));
  const before = (hour: number) => events.filter(({ timestamp }) => Date.parse(timestamp) < start + hour * 3_600_000);
  const old = before(8);
  await loop.fold(old);
  await loop.run();
  const jobs = { ...loop.services, lakeFiles: duckdbLakeFiles(loop.services.lake) };
  await mergeLake(jobs);
  await compactLake(jobs, 60);
  await loop.fold(events.filter(event => !old.includes(event)));
  await loop.run();
  platform = await loopPlatform(loop);
});

const list = async (query: Record<string, unknown> = {}) => (await platform.call('listSessions', { query })).data;
const profileOf = async (customer: string): Promise<string> =>
  (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';

const everyPage = async (query: Record<string, unknown>) => {
  const items: Awaited<ReturnType<typeof list>>['items'] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
};

test('everybody’s sessions are one list, newest first: each is the one that its profile tells', async () => {
  const all = await everyPage({ limit: 5 });
  expect(all).toHaveLength(36);
  expect(all.map(({ startedAt }) => startedAt)).toEqual(
    all
      .map(({ startedAt }) => startedAt)
      .toSorted()
      .toReversed(),
  );
  for (const customer of people) {
    const profileId = await profileOf(customer);
    const own = await list({ profileId, limit: 100 });
    expect(all.filter(one => one.profileId === profileId)).toEqual(own.items);
  }
});

test('the answer tells how fresh it is', async () => {
  const { meta } = (await platform.call('listSessions')).body as { meta: { asOf: string } };
  expect(Date.parse(meta.asOf)).toBe(loop.clock.at);
});

test.each([
  [{ source: 'ios' }, 9],
  [{ startDate: '2026-02-14T22:00:00Z' }, 3],
  [{ startDate: '2026-02-14T02:00:00Z', endDate: '2026-02-14T05:59:59Z' }, 6],
  [{ channel: 'email' }, 0],
])('by %j: %i sessions', async (query, count) => {
  expect(await everyPage({ ...query, limit: 4 })).toHaveLength(count);
});

test('a session is read by its id, with the visit that it is part of', async () => {
  const [newest] = (await list({ limit: 1 })).items;
  const { data } = await platform.call('getSession', { params: { id: newest?.id ?? '' } });
  expect(data).toMatchObject({
    ...newest,
    types: { page_view: 3 },
    pages: [{ page: '/', views: 3 }],
    visit: { id: newest?.visitId, sessionIds: [newest?.id], devices: ['eve-phone'] },
  });
});

test('a session whose events the table has no more is read from the lake', async () => {
  const oldest = (await everyPage({ limit: 36 })).at(-1);
  const { profiles } = loop.services;
  const emptied = { ...profiles, events: async () => [] };
  const bare = await loopPlatform(
    Object.assign(Object.create(loop), { services: { ...loop.services, profiles: emptied } }),
  );
  const { data } = await bare.call('getSession', { params: { id: oldest?.id ?? '' } });
  expect(data).toMatchObject({ ...oldest });
  platform = await loopPlatform(loop);
});

test.each(['session-01kh0000000000000000000000', 'session-nonsense', 'visit-1', 'event-01kh0000000000000000000000'])(
  '%s names no session',
  async id => {
    expect((await platform.call('getSession', { params: { id } })).status).toBe(404);
  },
);

test('a cursor that no list gave is refused', async () => {
  const { status, error } = await platform.call('listSessions', { query: { cursor: 'nonsense' } });
  expect([status, error.details[0]?.path]).toEqual([422, 'query.cursor']);
});

test('somebody who was erased has no sessions any more', async () => {
  const profileId = await profileOf('bob');
  const id = (await list({ profileId })).items[0]?.id ?? '';
  await eraseProfile(profileId, loop.services);
  await loop.run();
  expect((await everyPage({ limit: 36 })).filter(one => one.profileId === profileId)).toEqual([]);
  expect((await platform.call('getSession', { params: { id } })).status).toBe(404);
  expect((await platform.call('listSessions', { query: { profileId } })).status).toBe(404);
});
