import { describe, expect, test } from 'vitest';
import { provideServices } from '../../../../functions/kit/provided-services.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import type { PlatformAnswer } from '../../../fixtures/platform-answer.ts';
import { answer, type PlatformRequest, requestOf } from '../../../fixtures/platform-gateway.ts';
import { addKeys } from '../../../fixtures/platform-keys.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const open = async () => {
  const loop = new Loop();
  await loop.fold([customerEvent('a', { amount: 30 }), customerEvent('b', { amount: 5 })]);
  provideServices(loop.services);
  const keys = await addKeys(loop.services);
  const call = (target: string, request: PlatformRequest = {}): Promise<PlatformAnswer<Record<string, unknown>>> => {
    provideServices(loop.services);
    return answer(requestOf(target, request, keys.admin)) as Promise<PlatformAnswer<Record<string, unknown>>>;
  };
  const idOf = async (customer: string) =>
    (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';
  const made = async (body: object) =>
    (await call('createSegment', { body: { name: 'Segment', ...body } })).data as unknown as { id: string };
  const membersOf = async (id: string) =>
    (await loop.services.memberships.members(id, 100)).members.map(({ profileId }) => profileId).sort();
  return { loop, call, idOf, made, membersOf };
};

const tree = { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 10 }] };

describe('what a segment of a type may be given by', () => {
  test.each([
    ['rule-based', tree],
    ['behavioral', tree],
    ['behavioral', { event: 'purchase', count: { min: 3 }, timeWindow: 90 }],
    [
      'behavioral',
      {
        event: 'purchase',
        sum: { min: 100 },
        where: { field: 'properties.currency', operator: '=', value: 'USD' },
        timeWindow: 'PT12H',
      },
    ],
    ['behavioral', { sequence: [{ event: 'add_to_cart' }, { event: 'purchase' }], within: 1 }],
    ['rfm', { recency: { min: 4, max: 5 }, frequency: { min: 4, max: 5 }, monetary: { min: 4, max: 5 } }],
    ['rfm', { group: 'champions' }],
    ['predictive', { churnRisk: { min: 70 } }],
    ['predictive', { ltv12m: { min: 1000 }, purchasePropensity: { min: 60 } }],
    ['manual', undefined],
  ])('%s by %j', async (type, rules) => {
    const { call } = await open();
    const told = await call('createSegment', { body: { name: 'Segment', type, ...(rules ? { rules } : {}) } });
    expect(told.status).toBe(201);
    expect(told.data).toMatchObject({ type, ...(rules ? { rules } : {}) });
  });

  test.each([
    ['rule-based', undefined, 'body.rules'],
    ['rule-based', { event: 'purchase' }, 'body.rules'],
    ['manual', tree, 'body.rules'],
    ['rfm', { recency: { min: 6 } }, 'body.rules.rfm.recency'],
    ['predictive', { recency: { min: 1 } }, 'body.rules'],
    ['rule-based', { operator: 'NOT', conditions: [tree, tree] }, 'body.rules.conditions'],
    ['behavioral', { event: 'purchase', count: { min: 3, max: 1 } }, 'body.rules.count'],
    [
      'behavioral',
      { event: 'purchase', where: { field: 'computed.ltv', operator: '>', value: 1 } },
      'body.rules.where.field',
    ],
    ['rule-based', { operator: 'AND', conditions: [{ segment: 'segment-none' }] }, 'body.rules'],
  ])('%s not by %j: %s', async (type, rules, path) => {
    const { call } = await open();
    const told = await call('createSegment', { body: { name: 'Segment', type, ...(rules ? { rules } : {}) } });
    expect([told.status, told.error.details?.[0]?.path]).toEqual([422, path]);
  });
});

test('a segment that would depend on itself is refused, through any number of others and by its parent', async () => {
  const { call, made } = await open();
  const first = await made({ type: 'rule-based', rules: tree });
  const second = await made({ type: 'rule-based', rules: { operator: 'AND', conditions: [{ segment: first.id }] } });
  const third = await made({ type: 'rule-based', rules: tree, parentId: second.id });
  const cycle = { operator: 'OR', conditions: [{ segment: third.id }] };
  const told = await call('updateSegment', { params: { id: first.id }, body: { rules: cycle } });
  expect([told.status, told.error.details?.[0]?.path]).toEqual([422, 'body.rules']);
  const own = await call('updateSegment', { params: { id: first.id }, body: { parentId: first.id } });
  expect([own.status, own.error.details?.[0]?.path]).toEqual([422, 'body.parentId']);
});

test('a segment that others name is not deleted unless forced, and tells who uses it', async () => {
  const { loop, call, made, membersOf, idOf } = await open();
  const parent = await made({ type: 'rule-based', rules: tree });
  const child = await made({
    type: 'rule-based',
    rules: { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 1 }] },
    parentId: parent.id,
  });
  await loop.run();
  expect(await membersOf(child.id)).toEqual([await idOf('a')]);
  expect((await call('listDependents', { params: { id: parent.id } })).data).toEqual({
    items: [{ kind: 'segment', id: child.id, name: 'Segment' }],
  });
  const refused = await call('deleteSegment', { params: { id: parent.id } });
  expect([refused.status, refused.error.details]).toEqual([
    409,
    [{ path: `segments.${child.id}`, reason: '"Segment" uses it' }],
  ]);
  expect((await call('deleteSegment', { params: { id: parent.id }, query: { force: 'true' } })).status).toBe(200);
  await loop.run();
  expect(await membersOf(child.id)).toEqual([]);
});

test('a segment follows the rules of one that it names', async () => {
  const { loop, call, made, membersOf, idOf } = await open();
  const named = await made({ type: 'rule-based', rules: tree });
  const naming = await made({ type: 'rule-based', rules: { operator: 'NOT', conditions: [{ segment: named.id }] } });
  await loop.run();
  expect(await membersOf(naming.id)).toEqual([await idOf('b')]);
  const rules = { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '<', value: 10 }] };
  await call('updateSegment', { params: { id: named.id }, body: { rules } });
  await loop.run();
  expect(await membersOf(naming.id)).toEqual([await idOf('a')]);
});

test('people are put into a manual segment and taken out of it by hand, and nothing else moves them', async () => {
  const { loop, call, made, membersOf, idOf } = await open();
  const hand = await made({ type: 'manual' });
  const naming = await made({ type: 'rule-based', rules: { operator: 'AND', conditions: [{ segment: hand.id }] } });
  const [a, b] = [await idOf('a'), await idOf('b')];
  const body = { profileIds: [a, b, 'profile-none'] };
  expect((await call('addMembers', { params: { id: hand.id }, body })).data).toEqual({
    added: 2,
    unknown: ['profile-none'],
  });
  expect((await call('addMembers', { params: { id: hand.id }, body })).data).toMatchObject({ added: 0 });
  await loop.run();
  await loop.fold([customerEvent('a', { amount: 100 })]);
  await loop.run();
  expect([await membersOf(hand.id), await membersOf(naming.id)]).toEqual([[a, b].sort(), [a, b].sort()]);
  expect((await call('removeMember', { params: { id: hand.id, profileId: a } })).status).toBe(204);
  await loop.run();
  expect([await membersOf(hand.id), await membersOf(naming.id)]).toEqual([[b], [b]]);
  expect((await call('evaluateSegmentNow', { params: { id: hand.id } })).status).toBe(409);
  expect((await call('addMembers', { params: { id: naming.id }, body })).status).toBe(409);
});

test('whoever did something is in a segment until time takes them out', async () => {
  const { loop, made, membersOf, idOf } = await open();
  const buyers = await made({ type: 'behavioral', rules: { event: 'purchase', count: { min: 1 }, timeWindow: 1 } });
  const quiet = await made({
    type: 'rule-based',
    rules: { operator: 'NOT', conditions: [{ field: 'computed.lastSeenDate', operator: 'within_last', value: 1 }] },
  });
  await loop.run();
  const both = [await idOf('a'), await idOf('b')].sort();
  expect([await membersOf(buyers.id), await membersOf(quiet.id)]).toEqual([both, []]);
  loop.clock.advance(23 * 3_600_000);
  await loop.fold([customerEvent('a', { amount: 1, at: new Date(loop.clock.at).toISOString() })]);
  await loop.run();
  loop.clock.advance(2 * 3_600_000);
  await loop.tick();
  await loop.run();
  expect([await membersOf(buyers.id), await membersOf(quiet.id)]).toEqual([[await idOf('a')], [await idOf('b')]]);
  loop.clock.advance(24 * 3_600_000);
  await loop.tick();
  await loop.run();
  expect([await membersOf(buyers.id), await membersOf(quiet.id)]).toEqual([[], both]);
});

test('an answer tells why: what was seen, by which events, and what would change it', async () => {
  const { loop, call, made, idOf } = await open();
  const rules = {
    operator: 'AND',
    conditions: [{ event: 'purchase', count: { min: 2 }, timeWindow: 30 }, ...tree.conditions],
  };
  const { id } = await made({ type: 'rule-based', rules });
  await loop.run();
  const profileId = await idOf('a');
  const { data } = await call('explainMembership', { params: { id, profileId } });
  const [event] = await loop.services.profiles.events((await loop.services.profiles.get(profileId)) ?? never());
  expect(data).toMatchObject({
    member: false,
    holds: false,
    tree: {
      parts: [
        {
          path: 'conditions.0',
          holds: false,
          observed: 1,
          evidence: [event?.id],
          inWords: 'did purchase at least 2 times in the last 30 days',
        },
        { path: 'conditions.1', holds: true, observed: 30, inWords: 'computed.ltv is greater than 10' },
      ],
    },
    wouldFlip: [{ path: 'conditions.0', mustHold: true }],
  });
  expect((await call('explainMembership', { params: { id, profileId: 'profile-none' } })).status).toBe(404);
});

test('the segments of somebody are told with the rules in words', async () => {
  const { loop, call, made, idOf } = await open();
  const { id } = await made({ type: 'rule-based', rules: tree });
  await loop.run();
  const { data } = await call('listProfileSegments', { params: { id: await idOf('a') } });
  expect(data).toMatchObject({
    items: [{ segmentId: id, name: 'Segment', reason: 'computed.ltv is greater than 10' }],
  });
});

test('segments are held against everybody again, one, some or all of them, and manual ones never', async () => {
  const { loop, call, made } = await open();
  const [one, other] = [
    await made({ type: 'rule-based', rules: tree }),
    await made({ type: 'rule-based', rules: tree, refresh: 'manual' }),
  ];
  await made({ type: 'manual' });
  const { jobId } = (await call('evaluateSegmentNow', { params: { id: one.id } })).data as unknown as { jobId: string };
  expect((await call('evaluateSegments', { body: {} })).data.jobIds).toHaveLength(2);
  expect((await call('evaluateSegments', { body: { ids: [other.id] } })).data.jobIds).toHaveLength(1);
  expect((await call('evaluateSegments', { body: { ids: ['segment-none'] } })).status).toBe(404);
  await loop.run();
  expect(await loop.services.jobs.get(jobId)).toMatchObject({ status: 'completed', subjectId: one.id });
});

test('a segment that is refreshed every hour is left alone between its turns', async () => {
  const { loop, made, membersOf, idOf } = await open();
  const { id } = await made({ type: 'rule-based', rules: tree, refresh: { everyMinutes: 60 } });
  await loop.run();
  await loop.fold([customerEvent('b', { amount: 100 })]);
  await loop.run();
  expect(await membersOf(id)).toEqual([await idOf('a')]);
  loop.clock.advance(3_600_000);
  await loop.tick();
  await loop.tick();
  await loop.run();
  expect(await membersOf(id)).toEqual([await idOf('a'), await idOf('b')].sort());
});

const never = (): never => {
  throw new Error('the profile is there');
};
