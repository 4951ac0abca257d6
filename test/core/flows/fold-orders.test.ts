import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldWindow } from '../../../core/flows/fold-window.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { matchKey } from '../../../core/model/identifier.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { ProfileStore } from '../../../core/ports/profile-store.ts';
import type { Table } from '../../../core/ports/table.ts';
import { tableProfileStore } from '../../../functions/adapters/stores/table-profile-store.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { identityTools } from '../../fixtures/fold-tools.ts';
import { someEvent, someTime } from '../../fixtures/profile-states.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { dealOf } from '../../simulation/fold-schedule.ts';
import { plainRevenue } from '../../simulation/plain-revenue.ts';

const identifiers = [{ type: 'customerId' as const, value: 'C1' }];
const day = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

const told = (type: string, properties: Record<string, unknown>, parts: Partial<AcceptedEvent> = {}): AcceptedEvent =>
  someEvent({ type, properties, identifiers, ...parts });
const bought = (properties: Record<string, unknown>, parts?: Partial<AcceptedEvent>) =>
  told('purchase', properties, parts);
const gaveBack = (properties: Record<string, unknown>, parts?: Partial<AcceptedEvent>) =>
  told('refund', properties, parts);

/** The fold of one person over a table in memory. */
const opened = async (change: (table: Table) => Table = table => table) => {
  const clock = { at: someTime };
  const profiles = tableProfileStore(change(memoryTable({ now: () => clock.at })), undefined, () => clock.at);
  const aside: string[] = [];
  const tools = {
    profiles,
    ...identityTools(),
    quarantine: {
      add: async (events: readonly { reason: string }[]) => void aside.push(...events.map(({ reason }) => reason)),
    },
    accountCurrency: 'USD',
    newId: () => 'profile-1',
    now: () => new Date(clock.at),
  };
  const fold = (events: readonly AcceptedEvent[], store: ProfileStore = profiles) =>
    foldWindow(events, { ...tools, profiles: store });
  const state = async (): Promise<ProfileState> => {
    const [id = ''] = (await profiles.ownersOf(identifiers.map(matchKey))).values();
    const found = await profiles.get(id);
    if (!found) throw new Error('nobody is there');
    return found;
  };
  await fold([told('identify', {})]);
  return { profiles, fold, state, aside, clock };
};

test('windows in any order, some of them twice, come to what a plain reading of their events comes to', () =>
  fc.assert(
    fc.asyncProperty(fc.integer(), async seed => {
      const random = seededRandom(seed);
      const { fold, state } = await opened();
      const events = Array.from({ length: 1 + random.below(25) }, () =>
        told('', {}, { ...dealOf(random), receivedAt: iso(someTime + random.below(50)) }),
      );
      let left = random.shuffled([...events, ...events.filter(() => random.chance(0.2))]);
      while (left.length > 0) {
        const window = left.slice(0, 1 + random.below(6));
        await fold(window);
        if (random.chance(0.2)) await fold(window);
        left = left.slice(window.length);
      }
      const { counters } = (await state()).head;
      const { purchases, sums } = plainRevenue(events);
      const { USD: ltv = '0', ...otherCurrencies } = sums;
      expect(counters).toMatchObject({ events: events.length + 1, purchases, ltv, otherCurrencies });
    }),
    { numRuns: 60 },
  ));

test('a purchase takes no transaction, and a refund does', async () => {
  let transactions = 0;
  const counting = (table: Table): Table => ({
    ...table,
    transact: writes => {
      transactions += 1;
      return table.transact(writes);
    },
  });
  const { fold } = await opened(counting);
  transactions = 0;
  await fold([bought({ orderId: 'A', amount: 10 }), bought({ orderId: 'B', amount: 10 }), bought({ amount: 1 })]);
  await fold([bought({ orderId: 'A', amount: 10 }, { receivedAt: iso(someTime + 1) })]);
  expect(transactions).toBe(0);
  await fold([gaveBack({ orderId: 'A', amount: 1 })]);
  expect(transactions).toBe(1);
});

test('the message that was received first owns an order, however late it comes', async () => {
  const { fold, state, profiles } = await opened();
  await fold([bought({ orderId: 'A', amount: 10 }, { receivedAt: iso(someTime + 5) })]);
  expect((await state()).head.counters).toMatchObject({ purchases: 1, ltv: '10' });
  await fold([bought({ orderId: 'A', amount: 7, currency: 'EUR' }, { messageId: 'first' })]);
  expect((await state()).head.counters).toMatchObject({ purchases: 1, ltv: '0', otherCurrencies: { EUR: '7' } });
  const [order] = await profiles.orders([{ profileId: 'profile-1', orderId: 'A' }]);
  expect(order?.purchase?.messageId).toBe('first');
});

test('a refund takes nothing from an order that was taken and not folded, until it is', async () => {
  const { fold, state, profiles } = await opened();
  const purchase = bought({ orderId: 'A', amount: 10 });
  const crashing = {
    ...profiles,
    commit: async () => {
      throw new Error('crashed');
    },
    commitMany: async () => {
      throw new Error('crashed');
    },
  };
  await expect(fold([purchase], crashing)).rejects.toThrow('crashed');
  expect(await profiles.orders([{ profileId: 'profile-1', orderId: 'A' }])).toMatchObject([
    { purchase: { messageId: purchase.messageId } },
  ]);
  await fold([gaveBack({ orderId: 'A', amount: 4 })]);
  expect((await state()).head.counters).toMatchObject({ purchases: 0, ltv: '0' });
  await fold([purchase]);
  expect((await state()).head.counters).toMatchObject({ purchases: 1, ltv: '6' });
});

test('an order can be given back after its events have expired', async () => {
  const { fold, state, clock } = await opened();
  await fold([bought({ orderId: 'A', amount: 10 })]);
  clock.at += 120 * day;
  await fold([gaveBack({ orderId: 'A', amount: 4 }, { receivedAt: iso(clock.at) })]);
  expect((await state()).head.counters).toMatchObject({ purchases: 1, ltv: '6' });
});

test('more orders than one transaction takes are given back in one window', async () => {
  const { fold, state } = await opened();
  const orders = Array.from({ length: 250 }, (_, number) => `order-${number}`);
  await fold(orders.map(orderId => bought({ orderId, amount: 10 })));
  const outcome = await fold(orders.map(orderId => gaveBack({ orderId, amount: 4 })));
  expect(outcome).toMatchObject({ stored: 250, duplicates: 0, quarantined: 0, failed: [] });
  expect((await state()).head.counters).toMatchObject({ events: 501, purchases: 250, ltv: '1500' });
});

test('an order that is given back in too many parts keeps those it has, and no other event is held up', async () => {
  const { fold, state, aside } = await opened();
  await fold([bought({ orderId: 'A', amount: 1000 })]);
  await fold(Array.from({ length: 100 }, () => gaveBack({ orderId: 'A', amount: 1 })));
  const outcome = await fold([gaveBack({ orderId: 'A', amount: 1 }), bought({ orderId: 'B', amount: 5 })]);
  expect(outcome).toMatchObject({ stored: 1, quarantined: 1, failed: [] });
  expect(aside).toEqual(['profile_too_large']);
  expect((await state()).head.counters).toMatchObject({ purchases: 2, ltv: '905' });
});

test('a refund that makes no sense is kept aside', async () => {
  const { fold, aside } = await opened();
  expect(await fold([gaveBack({ amount: 1 }), gaveBack({ orderId: 'A', amount: 'ten' })])).toMatchObject({
    quarantined: 2,
  });
  expect(aside).toEqual(['refund_invalid', 'refund_invalid']);
});

test('who unsubscribes says no to e-mail, from then on and not for what was said later', async () => {
  const { fold, state, profiles } = await opened();
  const said = (type: string, minute: number, parts: Partial<AcceptedEvent> = {}) =>
    told(type, {}, { timestamp: iso(someTime - 600_000 + minute * 60_000), ...parts });
  await fold([said('consent', 1, { consent: { email: true, sms: true } })]);
  await fold([said('email_unsubscribe', 2)]);
  expect((await state()).person.consent).toMatchObject({
    email: { granted: false, at: someTime - 480_000, source: 'email_unsubscribe' },
    sms: { granted: true },
  });
  await fold([said('consent', 4, { consent: { email: true } })]);
  await fold([said('email_unsubscribe', 3, { source: 'mailer' })]);
  expect((await state()).person.consent.email?.granted).toBe(true);
  const ledger = await profiles.consentLedger('profile-1');
  expect(ledger.map(({ changes, source }) => [changes, source])).toEqual([
    [{ email: true, sms: true }, 'event'],
    [{ email: false }, 'email_unsubscribe'],
    [{ email: true }, 'event'],
  ]);
});
