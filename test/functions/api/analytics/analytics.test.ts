import { beforeAll, describe, expect, test } from 'vitest';
import { compactLake } from '../../../../core/flows/compact-lake.ts';
import { eraseProfile } from '../../../../core/flows/erase-profile.ts';
import { mergeLake } from '../../../../core/flows/merge-lake.ts';
import { nextEventId } from '../../../../functions/adapters/ids.ts';
import { duckdbLakeFiles } from '../../../../functions/adapters/lake/write/duckdb-lake-files.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const start = Date.parse('2026-02-02T10:00:00Z');
const hour = 3_600_000;
const range = { startDate: '2026-02-02', endDate: '2026-02-15' };

/** One event of somebody, so many hours after the start. */
const did = (customer: string, type: string, hours: number, more: Record<string, unknown> = {}) => {
  const at = start + hours * hour;
  const event = customerEvent(customer, { type, at: new Date(at).toISOString() });
  return { ...event, id: nextEventId(at), properties: more };
};
const viewed = (customer: string, hours: number, from: string) =>
  did(customer, 'page_view', hours, { url: `https://shop.test/?${from}` });

/** What people did: five look, three want, two buy; ada once more in the week after. */
const events = [
  viewed('ada', 0, 'gclid=1'),
  viewed('ada', 24, 'utm_source=news&utm_medium=email&utm_campaign=Winter'),
  did('ada', 'add_to_cart', 24.5),
  did('ada', 'purchase', 25, { amount: 100.01, orderId: 'o-1' }),
  did('ada', 'purchase', 200, { amount: 10, orderId: 'o-2' }),
  viewed('bob', 1, 'utm_source=news&utm_medium=email&utm_campaign=Winter'),
  did('bob', 'add_to_cart', 2),
  did('bob', 'purchase', 3, { amount: 50, orderId: 'o-3' }),
  viewed('eve', 2, ''),
  did('eve', 'add_to_cart', 40),
  viewed('ian', 2, ''),
  viewed('joe', 170, ''),
];

let loop: Loop;
let platform: Platform;

beforeAll(async () => {
  loop = new Loop();
  const early = events.slice(0, 6);
  await loop.fold(early);
  await loop.run();
  const jobs = { ...loop.services, lakeFiles: duckdbLakeFiles(loop.services.lake) };
  await mergeLake(jobs);
  await compactLake(jobs, 60);
  await loop.fold(events.slice(6));
  await loop.run();
  platform = await loopPlatform(loop);
});

const idOf = async (customer: string): Promise<string> =>
  (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';
const idsOf = async (...customers: string[]): Promise<string[]> => (await Promise.all(customers.map(idOf))).sort();

const people = async (handle: string): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
    const { data } = await platform.call('listPeople', { params: { handle }, query });
    ids.push(...data.items.map(({ id }) => id));
    cursor = data.nextCursor;
    if (cursor === undefined) expect(data.total).toBe(ids.length);
  } while (cursor !== undefined);
  return ids;
};

const steps = ['page_view', 'add_to_cart', 'purchase'].map(event => ({ event }));
const funnel = async (more: object = {}) =>
  (await platform.call('analyzeFunnel', { body: { steps, ...range, timeWindow: 86_400, ...more } })).data;

describe('a funnel', () => {
  test('counts people step by step, with what is sorted and what came a second ago', async () => {
    const { steps: told, timeWindowUnit } = await funnel();
    expect(timeWindowUnit).toBe('seconds');
    expect(told.map(({ count, dropoff }) => [count, dropoff])).toEqual([
      [5, 0],
      [2, 3],
      [2, 0],
    ]);
    expect(told[2]).toMatchObject({ conversion: 40, conversionFromPrevious: 100, medianTimeToConvert: 2700 });
  });

  test('has in each list exactly those whom it counts', async () => {
    const { steps: told } = await funnel();
    expect(await people(told[2]?.handle ?? '')).toEqual(await idsOf('ada', 'bob'));
    expect(await people(told[1]?.dropoffHandle ?? '')).toEqual(await idsOf('eve', 'ian', 'joe'));
  });

  test('takes its window as a duration, ends attempts by exclusions, and goes by segment', async () => {
    expect((await funnel({ timeWindow: 'P2D' })).steps.map(({ count }) => count)).toEqual([5, 3, 2]);
    const without = await funnel({ steps: [steps[0], steps[2]], exclusions: [{ event: 'add_to_cart' }] });
    expect(without.steps.map(({ count }) => count)).toEqual([5, 0]);
    const some = { name: 'Some', type: 'manual' as const };
    const segment = (await platform.call('createSegment', { body: some })).data;
    await platform.call('addMembers', {
      params: { id: segment.id },
      body: { profileIds: await idsOf('ada', 'eve') },
    });
    const inside = await funnel({ segmentId: segment.id });
    expect(inside.steps.map(({ count }) => count)).toEqual([2, 1, 1]);
    expect(await people(inside.steps[0]?.handle ?? '')).toEqual(await idsOf('ada', 'eve'));
  });

  test('is told apart by a field of profiles, where the caller may see it', async () => {
    await platform.call('updateProfile', {
      params: { id: await idOf('ada') },
      body: { attributes: { country: 'UK' } },
    });
    await loop.run();
    const { breakdown } = await funnel({ breakdown: 'attributes.country' });
    expect(breakdown?.groups.map(({ value, steps: own }) => [value, own.map(({ count }) => count)])).toEqual([
      ['(none)', [4, 1, 1]],
      ['GB', [1, 1, 1]],
    ]);
    expect(await people(breakdown?.groups[1]?.steps[2]?.handle ?? '')).toEqual([await idOf('ada')]);
    const key = await addKey(platform.services, { scopes: ['read'], fieldPolicy: { contact: 'drop' } });
    const refused = await platform.call('analyzeFunnel', {
      body: { steps, ...range, breakdown: 'attributes.lastName' },
      key,
    });
    expect(refused).toMatchObject({ status: 403, error: { details: [{ path: 'body.breakdown' }] } });
  });

  test('is answered from what was kept until something changes', async () => {
    const ask = async () =>
      (await platform.call('analyzeFunnel', { body: { steps, ...range, timeWindow: 5000 } })).body as {
        meta: { cached: boolean; asOf: string };
      };
    expect((await ask()).meta.cached).toBe(false);
    expect((await ask()).meta.cached).toBe(true);
    await loop.fold([viewed('zoe', 3, '')]);
    await loop.run();
    expect((await ask()).meta.cached).toBe(false);
    await platform.call('deleteProfile', { params: { id: await idOf('zoe') } });
    await loop.run();
  });
});

test('cohorts follow who came in which week, and what they bring', async () => {
  const ask = async (more: object) => (await platform.call('analyzeCohorts', { body: { ...range, ...more } })).data;
  const retention = await ask({ cohortType: 'acquisition', metric: 'retention', interval: 'week' });
  expect(
    retention.cohorts.map(({ start: day, size, periods }) => [day, size, periods.map(({ count }) => count)]),
  ).toEqual([
    ['2026-02-02', 4, [4, 1]],
    ['2026-02-09', 1, [1]],
  ]);
  expect(await people(retention.cohorts[0]?.periods[1]?.handle ?? '')).toEqual([await idOf('ada')]);
  expect(await people(retention.cohorts[0]?.handle ?? '')).toEqual(await idsOf('ada', 'bob', 'eve', 'ian'));
  const revenue = await ask({ cohortType: 'revenue', interval: 'week' });
  expect(revenue.currency).toBe('USD');
  expect(revenue.cohorts[0]?.periods.map(one => [one.revenue, one.cumulativeRevenue, one.revenuePerMember])).toEqual([
    [150.01, 150.01, 75.01],
    [10, 160.01, 5],
  ]);
});

describe('attribution', () => {
  const ask = async (query: object = {}) =>
    (await platform.call('getAttribution', { query: { ...range, ...query } as Record<string, unknown> })).data;

  test('tells all models side by side, with nothing lost', async () => {
    const told = await ask({ model: 'first_touch' });
    expect(told.total).toMatchObject({ conversions: 3, revenue: 160.01, people: 2 });
    expect(told.channels.map(({ channel, credit, revenue }) => [channel, credit, revenue])).toEqual([
      ['paid search', 2, 110.01],
      ['email', 1, 50],
    ]);
    for (const [model, channels] of Object.entries(told.models)) {
      const sum = (figure: 'credit' | 'share' | 'revenue') => channels.reduce((all, one) => all + one[figure], 0);
      expect([model, sum('credit').toFixed(6), sum('share').toFixed(6), sum('revenue').toFixed(2)]).toEqual([
        model,
        '3.000000',
        '1.000000',
        '160.01',
      ]);
    }
    expect(told.models.linear?.map(({ revenue }) => revenue)).toEqual([105, 55.01]);
    expect(await people(told.channels[0]?.handle ?? '')).toEqual([await idOf('ada')]);
    expect(await people(told.total.handle)).toEqual(await idsOf('ada', 'bob'));
  });

  test('goes by source and by campaign, too', async () => {
    const of = async (groupBy: string) =>
      (await ask({ groupBy, model: 'last_touch' })).channels.map(({ channel, credit }) => [channel, credit]);
    expect(await of('source')).toEqual([['news', 3]]);
    expect(await of('campaign')).toEqual([['winter', 3]]);
    expect((await ask({ groupBy: 'source', model: 'first_touch' })).channels.map(({ channel }) => channel)).toEqual([
      'google',
      'news',
    ]);
  });

  test('leaves unattributed what nobody was brought here by in time', async () => {
    const { unattributed } = await ask({ lookbackDays: 1 });
    expect(unattributed).toMatchObject({ conversions: 1, revenue: 10, people: 1 });
    expect(await people(unattributed.handle)).toEqual([await idOf('ada')]);
  });
});

test('journeys show the ways of everybody, and who goes them', async () => {
  const { data } = await platform.call('analyzeJourneys', { body: { ...range, startEvent: 'page_view', depth: 3 } });
  expect(data.people).toBe(5);
  const counts = Object.fromEntries(data.nodes.map(({ id, count }) => [id, count]));
  expect(counts).toEqual({ '0:page_view': 5, '1:add_to_cart': 3, '2:purchase': 2 });
  const link = data.links.find(({ target }) => target === '2:purchase');
  expect(await people(link?.handle ?? '')).toEqual(await idsOf('ada', 'bob'));
  const back = await platform.call('analyzeJourneys', { body: { ...range, endEvent: 'purchase', depth: 2 } });
  expect(back.data.nodes.map(({ id, count }) => [id, count])).toEqual([
    ['-1:add_to_cart', 2],
    ['0:purchase', 2],
  ]);
});

test('a profile’s journey tells touches, sessions and conversions in the order of time', async () => {
  const { data } = await platform.call('getProfileJourney', { params: { id: await idOf('ada') }, query: range });
  expect(data.steps?.map(({ event, channel, conversion }) => [event, channel, conversion])).toEqual([
    ['page_view', 'paid search', false],
    ['page_view', 'email', false],
    ['add_to_cart', undefined, false],
    ['purchase', undefined, true],
    ['purchase', 'direct', true],
  ]);
  expect(data).toMatchObject({ sessions: 3, conversions: 2, truncated: false });
});

describe('what cannot be asked', () => {
  test.each([
    ['a range that is reversed', { startDate: '2026-02-15', endDate: '2026-02-02' }, 'body.endDate'],
    ['an empty range', { startDate: '2026-02-15T00:00:00Z', endDate: '2026-02-15T00:00:00Z' }, 'body.endDate'],
    ['an event that nobody knows', { steps: [{ event: 'page_view' }, { event: 'nonsense' }] }, 'body.steps.1.event'],
    ['a window of nothing', { timeWindow: 0 }, 'body.timeWindow'],
    ['a window of years', { timeWindow: 'P3000D' }, 'body.timeWindow'],
    ['a range of decades', { startDate: '1990-01-01' }, 'body.startDate'],
    ['a single step', { steps: [{ event: 'page_view' }] }, 'body.steps'],
    ['a segment that is not there', { segmentId: 'segment-none' }, 'body.segmentId'],
    ['a step that is excluded', { exclusions: [{ event: 'purchase' }] }, 'body.exclusions.0.event'],
    ['a field that is none', { breakdown: 'attributes.nothing' }, 'body.breakdown'],
  ])('%s is refused, by its path', async (_name, more, path) => {
    const answer = await platform.call('analyzeFunnel', { body: { steps, ...range, ...more } });
    expect([answer.status, answer.error.details[0]?.path]).toEqual([422, path]);
  });

  test('days without number are refused', async () => {
    const body = { startDate: '2024-01-01', endDate: '2026-02-15', interval: 'day' };
    const answer = await platform.call('analyzeCohorts', { body });
    expect([answer.status, answer.error.details[0]?.path]).toEqual([422, 'body.interval']);
    const query = { startDate: '2020-01-01', endDate: '2020-01-31' };
    const old = await platform.call('getOverview', { query });
    expect([old.status, old.error.details[0]?.path]).toEqual([422, 'query.startDate']);
  });

  test('a handle of nothing is 404', async () => {
    for (const handle of [`${'0'.repeat(32)}.0`, 'overview.nothing', 'overview.country-%E0%A4%A'])
      expect((await platform.call('listPeople', { params: { handle } })).status).toBe(404);
  });
});

test('of nothing there are empty answers in the same form', async () => {
  const none = { startDate: '2025-01-01', endDate: '2025-01-31' };
  expect((await funnel(none)).steps.map(({ count, conversion }) => [count, conversion])).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  const attributed = await platform.call('getAttribution', { query: none });
  expect(attributed.data).toMatchObject({ channels: [], total: { conversions: 0, revenue: 0 } });
  const ways = await platform.call('analyzeJourneys', { body: none });
  expect(ways.data).toMatchObject({ people: 0, nodes: [], links: [] });
  const { data } = await platform.call('analyzeCohorts', { body: { ...none, interval: 'month' } });
  expect(data).toMatchObject({ cohorts: [{ start: '2025-01-01', size: 0 }], mean: [] });
});

test('the overview counts what is there, and lists whom it counts', async () => {
  const { data } = await platform.call('getOverview', {});
  expect(data).toMatchObject({ totalProfiles: 5, topCountries: [{ country: 'GB', count: 1 }] });
  expect(data.averageLtv).toBe(32);
  expect((await people(data.handles.totalProfiles)).length).toBe(data.totalProfiles);
  expect(await people(data.topCountries[0]?.handle ?? '')).toEqual([await idOf('ada')]);
  expect(data.trends.days.length).toBeGreaterThan(28);
});

test('who was merged counts once, and who was erased counts no more and is shown no more', async () => {
  const [before] = (await funnel()).steps;
  const [eve, ian, joe] = [await idOf('eve'), await idOf('ian'), await idOf('joe')];
  await platform.call('mergeProfiles', { body: { primaryProfileId: eve, secondaryProfileIds: [ian] } });
  await loop.run();
  expect((await funnel()).steps[0]?.count).toBe(4);
  await eraseProfile(joe, loop.services);
  await loop.run();
  const [after] = (await funnel()).steps;
  expect(after?.count).toBe(3);
  expect(await people(after?.handle ?? '')).toEqual(await idsOf('ada', 'bob', 'eve'));
  const old = await platform.call('listPeople', { params: { handle: before?.handle ?? '' }, query: {} });
  expect(old.data.items.map(({ id }) => id).sort()).toEqual(await idsOf('ada', 'bob', 'eve'));
});
