import { expect, test } from 'vitest';
import { rewriteSnapshot } from '../../../../core/flows/rewrite-snapshot.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import { differences, Loop } from '../../../fixtures/run-loop.ts';

const dayMs = 86_400_000;
const open = async () => {
  const loop = new Loop();
  const platform = await loopPlatform(loop);
  const { call } = platform;
  const idOf = async (customerId: string) =>
    (await call('lookupProfile', { query: { type: 'customerId', value: customerId } })).data.id;
  const traitsOf = async (customer: string) =>
    (await call('getProfile', { params: { id: await idOf(customer) } })).data.traits;
  const rules = {
    operator: 'AND' as const,
    conditions: [{ field: 'traits.orders', operator: '>=' as const, value: 2 }],
  };
  return { loop, platform, call, idOf, traitsOf, rules };
};
const at = (loop: Loop, daysAgo: number) => new Date(loop.clock.at - daysAgo * dayMs).toISOString();

test('a trait counts what was before it and what comes after it, decides segments, is explained, found and exported', async () => {
  const { loop, platform, call, idOf, traitsOf, rules } = await open();
  await loop.fold([customerEvent('ada', { amount: 5 }), customerEvent('bob', { amount: 7 })]);
  const made = (await call('createTrait', { body: { name: 'orders', kind: 'count', event: 'purchase' } })).data;
  await call('createTrait', {
    body: { name: 'rank', kind: 'formula', formula: "traits.orders > 1 ? 'often' : 'once'" },
  });
  const segment = (await call('createSegment', { body: { name: 'Often', type: 'rule-based', rules } })).data;
  await loop.fold([customerEvent('ada', { amount: 6 })]);
  await loop.run();
  expect((await call('getJob', { params: { id: made.jobId } })).data).toMatchObject({ status: 'completed' });
  expect([await traitsOf('ada'), await traitsOf('bob')]).toEqual([
    { orders: 2, rank: 'often' },
    { orders: 1, rank: 'once' },
  ]);
  await loop.fold([customerEvent('bob', { amount: 1 }), customerEvent('bob', { amount: 1 })]);
  await loop.run();
  const [ada, bob] = [await idOf('ada'), await idOf('bob')];
  const members = (await call('listMembers', { params: { id: segment.id } })).data.items;
  expect(members.map(({ profileId }) => profileId).toSorted()).toEqual([ada, bob].toSorted());
  const explained = (await call('explainMembership', { params: { id: segment.id, profileId: bob } })).data;
  expect(explained).toMatchObject({ member: true, tree: { parts: [{ observed: 3, holds: true }] } });
  await rewriteSnapshot(platform.services);
  const asked = {
    operator: 'AND' as const,
    conditions: [{ field: 'traits.orders', operator: '>' as const, value: 2 }],
  };
  const found = (await call('searchProfiles', { body: { rules: asked } })).data;
  expect(found.items.map(({ id, traits }) => [id, traits])).toEqual([[bob, { orders: 3, rank: 'often' }]]);
  const before = loop.contents();
  await loop.redeliverEverything();
  expect(differences(before, loop.contents()).filter(({ sk }) => sk === 'A' || sk === 'H')).toEqual([]);
});

test('what leaves a window is not counted any more, and the segment is left, although nothing happens', async () => {
  const { loop, call, idOf, traitsOf, rules } = await open();
  await call('createTrait', { body: { name: 'orders', kind: 'count', event: 'purchase', windowDays: 10 } });
  const { id } = (await call('createSegment', { body: { name: 'Often', type: 'rule-based', rules } })).data;
  await loop.run();
  await loop.fold([9, 3].map(days => customerEvent('ada', { amount: 5, at: at(loop, days) })));
  await loop.run();
  const stay = async () =>
    (await call('explainMembership', { params: { id, profileId: await idOf('ada') } })).data.member;
  expect([await traitsOf('ada'), await stay()]).toEqual([{ orders: 2 }, true]);
  for (const [days, orders, member] of [
    [2, { orders: 1 }, false],
    [6, undefined, false],
  ] as const) {
    loop.clock.advance(days * dayMs);
    await loop.tick();
    await loop.run();
    expect([await traitsOf('ada'), await stay()]).toEqual([orders, member]);
  }
});

test('two who become one have the traits of both together', async () => {
  const { loop, call, idOf, traitsOf } = await open();
  await call('createTrait', { body: { name: 'spent', kind: 'sum', event: 'purchase', property: 'amount' } });
  await loop.fold([customerEvent('ada', { amount: 0.1 }), customerEvent('bob', { amount: 0.2 })]);
  await loop.run();
  const [ada, bob] = [await idOf('ada'), await idOf('bob')];
  await call('mergeProfiles', { body: { primaryProfileId: ada, secondaryProfileIds: [bob] } });
  await loop.run();
  expect([await traitsOf('ada'), await traitsOf('bob')]).toEqual([{ spent: 0.3 }, { spent: 0.3 }]);
});

test('what a deleted trait came to is cleared, and the job that clears it cannot be cancelled', async () => {
  const { loop, call, traitsOf } = await open();
  await call('createTrait', { body: { name: 'orders', kind: 'count', event: 'purchase' } });
  await loop.fold([customerEvent('ada', { amount: 5 })]);
  await loop.run();
  expect(await traitsOf('ada')).toEqual({ orders: 1 });
  await call('deleteTrait', { params: { name: 'orders' } });
  const [job] = (await call('listJobs', { query: { kind: 'trait.clear' } })).data.items;
  expect((await call('cancelJob', { params: { id: job?.id ?? '' } })).status).toBe(409);
  await loop.run();
  expect(await traitsOf('ada')).toBeUndefined();
});
