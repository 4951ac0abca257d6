import { describe, expect, test } from 'vitest';
import { rewriteSnapshot } from '../../../../core/flows/rewrite-snapshot.ts';
import type { Condition } from '../../../../core/language/condition.ts';
import { provideServices } from '../../../../functions/kit/provided-services.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import type { PlatformAnswer } from '../../../fixtures/platform-answer.ts';
import { answer, type PlatformRequest, requestOf } from '../../../fixtures/platform-gateway.ts';
import { addKey, addKeys } from '../../../fixtures/platform-keys.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const day = 86_400_000;
const at = (daysAgo: number): string => new Date(Date.parse('2026-02-15T11:00:00.000Z') - daysAgo * day).toISOString();
const over = (value: number): Condition => ({ field: 'computed.ltv', operator: '>=', value });
const all = (...conditions: Condition[]) => ({ operator: 'AND' as const, conditions });

type Data = Record<string, never>;

/** Ten people: c3 bought for 3 three days ago, and so on; those of even numbers say yes to e-mail, c9 says no. */
const opened = async () => {
  const loop = new Loop();
  await loop.fold(
    Array.from({ length: 10 }, (_, number) => [
      customerEvent(`c${number}`, { amount: number, at: at(number) }),
      ...(number % 2 === 0 ? [customerEvent(`c${number}`, { consent: { email: true }, at: at(number) })] : []),
      ...(number === 9 ? [customerEvent('c9', { consent: { email: false }, at: at(9) })] : []),
    ]).flat(),
  );
  await loop.run();
  provideServices(loop.services);
  const keys = await addKeys(loop.services);
  const call = (id: string, request: PlatformRequest = {}): Promise<PlatformAnswer<Data>> => {
    provideServices(loop.services);
    return answer(requestOf(id, { key: keys.admin, ...request }, keys.admin)) as Promise<PlatformAnswer<Data>>;
  };
  const idOf = async (customer: string): Promise<string> =>
    (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';
  const made = async (body: object): Promise<string> => {
    const { data } = await call('createSegment', { body: { name: 'Segment', ...body } });
    await loop.run();
    return String(data.id);
  };
  return { loop, call, idOf, made };
};

describe('a preview', () => {
  test.each<[string, object, number]>([
    ['of fields', { type: 'rule-based', rules: all(over(5)) }, 5],
    ['of events', { type: 'behavioral', rules: { event: 'purchase', timeWindow: 4 } }, 4],
    [
      'of absence',
      { type: 'rule-based', rules: { operator: 'NOT', conditions: [{ event: 'purchase', timeWindow: 4 }] } },
      6,
    ],
    ['of a sum', { type: 'behavioral', rules: { event: 'purchase', sum: { min: 8 } } }, 2],
    [
      'of a property',
      {
        type: 'behavioral',
        rules: { event: 'purchase', where: { field: 'properties.amount', operator: '<', value: 2 } },
      },
      2,
    ],
  ])(
    '%s counts exactly whom the segment then has, before and after the snapshot is in files',
    async (_, body, count) => {
      const { loop, call, made } = await opened();
      for (const rewritten of [false, true]) {
        if (rewritten) await rewriteSnapshot(loop.services);
        const { status, data } = await call('previewSegment', { body: { ...body, sample: 3 } });
        expect([status, data.count, data.ci95]).toEqual([200, count, { low: count, high: count }]);
      }
      const before = await loop.services.segments.all();
      const id = await made(body);
      expect(before).toEqual([]);
      expect(await loop.services.memberships.count(id)).toBe(count);
    },
  );

  test('shows some, how they are known and what they said, and what it took', async () => {
    const { call } = await opened();
    const told = await call('previewSegment', { body: { type: 'rule-based', rules: all(over(5)), sample: 2 } });
    const data = told.data as Record<string, unknown>;
    const { meta } = JSON.parse(told.text) as { meta: { asOf: string } };
    expect(data.sample).toHaveLength(2);
    expect(data.identifierCoverage).toContainEqual({ type: 'email', profiles: 5, percent: 100 });
    expect(data.identifierCoverage).toContainEqual({ type: 'deviceId', profiles: 0, percent: 0 });
    expect(data.consentBreakdown).toContainEqual({ channel: 'email', granted: 2, refused: 1, unknown: 2 });
    expect(data.cost).toMatchObject({ profilesRead: 10 });
    expect(Date.parse(meta.asOf)).toBeGreaterThan(0);
  });

  test('of whom a request has changed a moment ago tells as they are', async () => {
    const { call, idOf } = await opened();
    await call('updateProfile', { params: { id: await idOf('c1') }, body: { attributes: { city: 'Brig' } } });
    const rules = all({ field: 'attributes.city', operator: '=', value: 'Brig' });
    expect((await call('previewSegment', { body: { type: 'rule-based', rules } })).data.count).toBe(1);
  });

  test('counts those who were put into a segment by hand', async () => {
    const { call, idOf, made } = await opened();
    const hand = await made({ type: 'manual' });
    await call('addMembers', { params: { id: hand }, body: { profileIds: [await idOf('c1'), await idOf('c7')] } });
    const rules = all({ segment: hand }, over(5));
    expect((await call('previewSegment', { body: { type: 'rule-based', rules } })).data.count).toBe(1);
  });

  test.each([
    [
      'rules that cannot be',
      { type: 'rule-based', rules: all({ field: 'computed.none', operator: '=', value: 1 }) },
      422,
    ],
    ['a segment that is filled by hand', { type: 'manual', rules: all(over(1)) }, 422],
  ])('of %s is refused', async (_, body, status) => {
    const { call } = await opened();
    expect((await call('previewSegment', { body })).status).toBe(status);
  });

  test('tells nobody what they may not see', async () => {
    const { loop, call } = await opened();
    const key = await addKey(loop.services, {
      scopes: ['read'],
      fieldPolicy: { contact: 'drop', behavioural: 'drop' },
    });
    const named = all({ field: 'attributes.email', operator: 'starts_with', value: 'c1' });
    expect((await call('previewSegment', { body: { type: 'rule-based', rules: named }, key })).status).toBe(403);
    const done = { event: 'purchase' };
    expect((await call('previewSegment', { body: { type: 'behavioral', rules: done }, key })).status).toBe(403);
  });
});

test('segments overlap as their members do, two by two and all together', async () => {
  const { call, made } = await opened();
  const ids = [
    await made({ type: 'rule-based', rules: all(over(3)) }),
    await made({ type: 'rule-based', rules: all(over(6)) }),
  ];
  const hand = await made({ type: 'manual' });
  const { data } = await call('overlapSegments', { body: { segmentIds: [...ids, hand] } });
  expect(data).toEqual({
    segmentIds: [...ids, hand],
    matrix: [
      [7, 4, 0],
      [4, 4, 0],
      [0, 0, 0],
    ],
    intersections: [{ segmentIds: ids, count: 4, only: 4 }],
    union: 7,
  });
  expect((await call('overlapSegments', { body: { segmentIds: [hand, 'segment-none'] } })).status).toBe(404);
});

/** A segment by hand that c1 and c2 enter, c1 leaves a day later, and enters again after another. */
const withStays = async () => {
  const own = await opened();
  own.loop.clock.advance(60_000);
  const { loop, call, idOf, made } = own;
  const id = await made({ type: 'manual' });
  const profileIds = [await idOf('c1'), await idOf('c2')];
  const times = [loop.clock.at - 1];
  const then = async (work: () => Promise<unknown>) => {
    await work();
    times.push(loop.clock.at + 1);
    loop.clock.advance(day);
  };
  const add = (ids: readonly string[]) => call('addMembers', { params: { id }, body: { profileIds: ids } });
  await then(() => add(profileIds));
  await then(() => call('removeMember', { params: { id, profileId: profileIds[0] ?? '' } }));
  await then(() => add(profileIds.slice(0, 1)));
  return { ...own, id, profileIds, times: times.map(time => new Date(time).toISOString()) };
};

test('members as of an instant are those who were members then, however often they left since', async () => {
  const { call, id, profileIds, times } = await withStays();
  const [first, second] = profileIds;
  const idsAt = async (asOf: string | undefined, limit = 10) => {
    const { data } = await call('listMembers', {
      params: { id },
      query: { limit: String(limit), ...(asOf ? { asOf } : {}) },
    });
    return [
      (data.items as unknown as { profileId: string }[]).map(({ profileId }) => profileId).toSorted(),
      data.total,
    ];
  };
  expect(await idsAt(times[0])).toEqual([[], 0]);
  expect(await idsAt(times[1])).toEqual([[first, second].toSorted(), 2]);
  expect(await idsAt(times[2])).toEqual([[second], 1]);
  expect(await idsAt(times[3])).toEqual(await idsAt(undefined));
  const page = await call('listMembers', { params: { id }, query: { limit: '1', asOf: times[1] ?? '' } });
  const rest = await call('listMembers', {
    params: { id },
    query: { limit: '1', asOf: times[1] ?? '', cursor: String(page.data.nextCursor) },
  });
  expect([...(page.data.items as unknown as []), ...(rest.data.items as unknown as [])]).toHaveLength(2);
  expect(rest.data.nextCursor).toBeUndefined();
});

test('the segments of somebody as of an instant, and a profile as of it, tell the same', async () => {
  const { call, id, profileIds, times } = await withStays();
  const [profileId = ''] = profileIds;
  for (const [place, isIn] of [false, true, false, true].entries()) {
    const asOf = times[place] ?? '';
    const { data } = await call('listProfileSegments', { params: { id: profileId }, query: { asOf } });
    expect([place, (data.items as unknown as unknown[]).length]).toEqual([place, isIn ? 1 : 0]);
    const profile = await call('getProfile', { params: { id: profileId }, query: { asOf } });
    expect([place, (profile.data.segments as unknown as string[]).includes(id)]).toEqual([place, isIn]);
  }
});

test('the history of a segment: who came, who left, how large it was, day by day', async () => {
  const { loop, call, id } = await withStays();
  const { data } = await call('showSegmentHistory', {
    params: { id },
    query: { startDate: '2026-02-14', endDate: '2026-02-18' },
  });
  const series = data.series as unknown as { size: number; entered: number; exited: number }[];
  expect(series.map(({ size, entered, exited }) => [size, entered, exited])).toEqual([
    [0, 0, 0],
    [2, 2, 0],
    [1, 0, 1],
    [2, 1, 0],
    [2, 0, 0],
  ]);
  expect([data.entered, data.exited]).toEqual([3, 1]);
  expect(await loop.services.memberships.count(id)).toBe(2);
  const backwards = { startDate: '2026-02-16', endDate: '2026-02-10' };
  expect((await call('showSegmentHistory', { params: { id }, query: backwards })).status).toBe(422);
});

test('what a segment buys, beside everybody else, in a period', async () => {
  const { loop, call, made } = await opened();
  await loop.fold([
    { ...customerEvent('c3', { at: at(2) }), type: 'refund', properties: { orderId: 'order-0', amount: 1 } },
    { ...customerEvent('c8', { at: at(2) }), type: 'purchase', properties: { orderId: 'order-1', amount: 20 } },
    { ...customerEvent('c8', { at: at(2) }), type: 'purchase', properties: { orderId: 'order-1', amount: 20 } },
    { ...customerEvent('c8', { at: at(1) }), type: 'refund', properties: { orderId: 'order-1' } },
  ]);
  await loop.run();
  const id = await made({ type: 'rule-based', rules: all(over(4)) });
  const { data } = await call('showSegmentPerformance', {
    params: { id },
    query: { startDate: at(5), endDate: at(0) },
  });
  expect(data.segment).toMatchObject({ profiles: 6, buyers: 3, orders: 3, revenue: 9, conversionRate: 50, aov: 3 });
  expect(data.rest).toMatchObject({ profiles: 4, buyers: 4, orders: 4, revenue: 5, conversionRate: 100, aov: 1.25 });
  expect(data.lift).toEqual({ conversionRate: 0.5, revenuePerProfile: 1.2, aov: 2.4 });
});
