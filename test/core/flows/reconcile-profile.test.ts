import { expect, test } from 'vitest';
import { Problem } from '../../../core/errors.ts';
import { foldWindow } from '../../../core/flows/fold-window.ts';
import { reconcileProfile } from '../../../core/flows/reconcile-profile.ts';
import { updateProfile } from '../../../core/flows/update-profile.ts';
import { tableProfileStore } from '../../../functions/adapters/stores/table-profile-store.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { identityTools } from '../../fixtures/fold-tools.ts';
import { creationOf, someEvent, someTime } from '../../fixtures/profile-states.ts';
import { noticedBy } from '../../simulation/controls.ts';
import { runHistory } from '../../simulation/run-history.ts';

const day = 86_400_000;

/** A profile with orders, a refund and values set by hand. */
const opened = async (orders = 1) => {
  const clock = { at: someTime };
  const profiles = tableProfileStore(memoryTable({ now: () => clock.at }), undefined, () => clock.at);
  const tools = {
    profiles,
    accountCurrency: 'USD',
    now: () => new Date(clock.at),
    newId: () => 'profile-1',
    ...identityTools(),
    quarantine: { add: async () => {} },
  };
  const creation = creationOf();
  const { id } = creation.after;
  await profiles.commit(creation);
  const deals = Array.from({ length: orders }, (_, number) => [
    someEvent({ profileId: id, type: 'purchase', properties: { orderId: `order-${number}`, amount: 10 } }),
    someEvent({ profileId: id, type: 'refund', properties: { orderId: `order-${number}`, amount: 4 } }),
  ]).flat();
  await foldWindow(deals, tools);
  clock.at += 10;
  const edit = () => ({ attributes: {}, identifiers: [], computed: { ltv: '100', aov: '3' } });
  await updateProfile({ id, edit, requestId: 'request-1' }, tools);
  const receivedAt = new Date(someTime + 20).toISOString();
  const more = { orderId: 'order-0', amount: 1 };
  await foldWindow([someEvent({ profileId: id, type: 'refund', properties: more, receivedAt })], tools);
  const state = async () => {
    const found = await profiles.get(id);
    if (!found) throw new Error('nobody is there');
    return found;
  };
  return { profiles, tools, id, clock, state };
};

test('what the fold kept is what the events come to, values set by hand included', async () => {
  const { tools, id, state } = await opened();
  expect((await state()).head.counters).toMatchObject({ ltv: '5', overrides: { ltv: { value: '100', plus: '-1' } } });
  expect(await reconcileProfile(id, tools)).toEqual({ profileId: id, complete: true, differences: [] });
});

test('everything that differs is named, and kept anew when that is asked for', async () => {
  const { tools, id, profiles, state } = await opened(120);
  const right = (await state()).head.counters;
  const before = await state();
  const counters = { ...right, ltv: '7', events: 1 };
  await profiles.commit({
    before,
    after: { ...before, head: { ...before.head, version: before.head.version + 1, counters } },
    orders: new Map([['order-3', { refunds: [] }]]),
  });
  const { differences } = await reconcileProfile(id, tools);
  expect(differences.map(({ path }) => path)).toEqual(['counters.events', 'counters.ltv', 'orders.order-3']);
  expect(differences[1]).toEqual({ path: 'counters.ltv', kept: '7', must: right.ltv });
  await reconcileProfile(id, tools, true);
  expect((await reconcileProfile(id, tools)).differences).toEqual([]);
  expect((await state()).head.counters).toEqual(right);
});

test('more orders than one transaction takes are kept anew', async () => {
  const { tools, id, profiles, state } = await opened(150);
  for (const part of [0, 75]) {
    const before = await state();
    const after = { ...before, head: { ...before.head, version: before.head.version + 1 } };
    const broken = Array.from({ length: 75 }, (_, number) => [`order-${part + number}`, { refunds: [] }] as const);
    await profiles.commit({ before, after, orders: new Map(broken) });
  }
  expect((await reconcileProfile(id, tools, true)).differences).toHaveLength(150);
  expect((await reconcileProfile(id, tools)).differences).toEqual([]);
});

test('nothing is recomputed from a past that has expired', async () => {
  const { tools, id, clock, state } = await opened();
  const before = await state();
  clock.at += 100 * day;
  expect(await reconcileProfile(id, tools, true)).toEqual({ profileId: id, complete: false, differences: [] });
  expect(await state()).toEqual(before);
});

test('nobody is there to be reconciled', async () => {
  const { tools } = await opened();
  await expect(reconcileProfile('profile-none', tools)).rejects.toBeInstanceOf(Problem);
});

test('random histories are what their events come to', async () => {
  for (let seed = 0; seed < 20; seed += 1) expect((await runHistory(seed))?.differences).toEqual([]);
});

test('a flaw of the fold shows', async () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  expect(await noticedBy('order-refunds', 'history', seeds, { first: true })).toHaveLength(1);
}, 60_000);
