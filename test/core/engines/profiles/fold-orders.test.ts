import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addEvents } from '../../../../core/engines/profiles/commit-events.ts';
import { computedValues, overrideValues } from '../../../../core/engines/profiles/computed-values.ts';
import { joinOrders, orderChanges, ordersIn } from '../../../../core/engines/profiles/order-state.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { emptyOrder, type OrderState } from '../../../../core/model/order.ts';
import { type Counters, emptyCounters } from '../../../../core/model/profile-state.ts';
import { someEvent } from '../../../fixtures/profile-states.ts';
import { plainRevenue } from '../../../simulation/plain-revenue.ts';

const noon = Date.parse('2026-02-15T12:00:00.000Z');
const iso = (at: number) => new Date(at).toISOString();

const bought = (properties: Record<string, unknown>, receivedAt = noon): AcceptedEvent =>
  someEvent({ type: 'purchase', properties, receivedAt: iso(receivedAt) });
const gaveBack = (properties: Record<string, unknown>, receivedAt = noon): AcceptedEvent =>
  someEvent({ type: 'refund', properties, receivedAt: iso(receivedAt) });

/** Folds windows one after the other, as the worker does, with what it keeps of orders. */
const folded = (windows: readonly AcceptedEvent[][], start: Counters = emptyCounters(noon)): Counters => {
  const orders = new Map<string, OrderState>();
  return windows.reduce((counters, events) => {
    const told = ordersIn(events, 'USD');
    const changes = orderChanges(told, orders);
    for (const [orderId, order] of told.named) {
      orders.set(orderId, joinOrders(orders.get(orderId) ?? emptyOrder, order));
    }
    return addEvents(counters, events, { orderChanges: changes, accountCurrency: 'USD' });
  }, start);
};

const amount = fc.integer({ min: 0, max: 20_000 }).map(value => value / 1000);
const currency = fc.constantFrom(undefined, undefined, 'USD', 'EUR');
const orderId = fc.constantFrom('A', 'B', 'C');
const times = {
  timestamp: fc.integer({ min: noon - 9_000, max: noon }).map(iso),
  receivedAt: fc.integer({ min: noon - 5, max: noon + 5 }).map(iso),
};
const given = <Properties>(properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties as object).filter(([, value]) => value !== undefined)) as Properties;
const deal = fc.oneof(
  fc.record({
    type: fc.constant('purchase'),
    ...times,
    properties: fc.record({ orderId: fc.option(orderId, { nil: undefined }), amount, currency }),
  }),
  fc.record({
    type: fc.constant('refund'),
    ...times,
    properties: fc.record({ orderId, amount: fc.option(amount, { nil: undefined }), currency }),
  }),
);
const events = fc
  .array(deal, { maxLength: 14 })
  .map(deals => deals.map(one => someEvent({ ...one, properties: given(one.properties) })));

/** The same events in another order, in windows. */
const windows = events.chain(all =>
  fc
    .tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.array(fc.nat(14), { maxLength: 4 }))
    .map(([shuffled, cuts]) => {
      const ends = [0, ...cuts.toSorted((left, right) => left - right), shuffled.length];
      return { all, windows: ends.slice(1).map((end, index) => shuffled.slice(ends[index], end)) };
    }),
);

const moneyOf = ({ ltv, otherCurrencies, purchases }: Counters) => ({
  purchases,
  sums: { ...(ltv === '0' ? {} : { USD: ltv }), ...otherCurrencies },
});

describe('any order and any grouping of purchases, repeats and refunds', () => {
  test('comes to what a plain reading of them comes to, and to the same counters', () =>
    fc.assert(
      fc.property(windows, ({ all, windows }) => {
        const counters = folded(windows);
        expect(moneyOf(counters)).toEqual(plainRevenue(all));
        expect(counters).toEqual(folded([all]));
      }),
      { numRuns: 500 },
    ));

  test('adds to a value set by hand what was received since, and nothing that was before', () =>
    fc.assert(
      fc.property(windows, ({ all, windows }) => {
        const start = overrideValues(emptyCounters(noon), { ltv: '1000', purchaseCount: 7 }, noon);
        const counters = folded(windows, start);
        const [whole, then] = [plainRevenue(all), plainRevenue(all, noon)];
        const since = Number(whole.sums.USD ?? 0) - Number(then.sums.USD ?? 0);
        expect(computedValues(counters).ltv).toBeCloseTo(1000 + since, 6);
        expect(computedValues(counters).purchaseCount).toBe(7 + whole.purchases - then.purchases);
        expect(counters).toEqual(folded([all], start));
      }),
      { numRuns: 500 },
    ));

  test('leaves no trace of a message that comes into an order twice', () =>
    fc.assert(
      fc.property(events, all => {
        const once = ordersIn(all, 'USD').named;
        expect(ordersIn([...all, ...all.toReversed()], 'USD').named).toEqual(once);
      }),
    ));
});

test.each<[string, AcceptedEvent[], { ltv: string; purchases: number }]>([
  [
    'a part',
    [bought({ orderId: 'A', amount: 10 }), gaveBack({ orderId: 'A', amount: '2.5' })],
    { ltv: '7.5', purchases: 1 },
  ],
  [
    'several parts',
    [
      bought({ orderId: 'A', amount: 10 }),
      gaveBack({ orderId: 'A', amount: 2 }),
      gaveBack({ orderId: 'A', amount: 2 }),
    ],
    { ltv: '6', purchases: 1 },
  ],
  [
    'more than the order',
    [bought({ orderId: 'A', amount: 10 }), bought({ amount: 1 }), gaveBack({ orderId: 'A', amount: 99 })],
    { ltv: '1', purchases: 2 },
  ],
  [
    'all of it, without an amount',
    [gaveBack({ orderId: 'A' }), bought({ orderId: 'A', amount: 10 })],
    { ltv: '0', purchases: 1 },
  ],
  [
    'items',
    [bought({ orderId: 'A', amount: 300 }), gaveBack({ orderId: 'A', items: [{ price: 124.995, quantity: 2 }] })],
    { ltv: '50.01', purchases: 1 },
  ],
  ['an order that nobody placed', [gaveBack({ orderId: 'A', amount: 5 })], { ltv: '0', purchases: 0 }],
  [
    'in another currency than the order’s',
    [bought({ orderId: 'A', amount: 10 }), gaveBack({ orderId: 'A', amount: 5, currency: 'EUR' })],
    { ltv: '10', purchases: 1 },
  ],
])('a refund takes back %s', (_, all, expected) => {
  expect(folded([all])).toMatchObject(expected);
  expect(folded(all.toReversed().map(one => [one]))).toMatchObject(expected);
});

test('other currencies are kept apart, exactly, and are no part of the lifetime value', () => {
  const euros = ['0.1', '0.2'].map(part => bought({ orderId: part, amount: part, currency: 'EUR' }));
  expect(folded([[...euros, bought({ amount: '124.995' })]])).toMatchObject({
    ltv: '124.995',
    otherCurrencies: { EUR: '0.3' },
    purchases: 3,
  });
  expect(folded([euros, [gaveBack({ orderId: '0.1' })]]).otherCurrencies).toEqual({ EUR: '0.2' });
  expect(folded([euros, [gaveBack({ orderId: '0.1' }), gaveBack({ orderId: '0.2' })]]).otherCurrencies).toEqual({});
});

test('a value set by hand ends the same whether the purchase before it is folded before or after', () => {
  const purchase = bought({ amount: 249.99 }, noon - 10);
  const patch = { ltv: '299.99', purchaseCount: 1 };
  const start = emptyCounters(noon - 60_000);
  const foldedFirst = overrideValues(folded([[purchase]], start), patch, noon);
  const setFirst = folded([[purchase]], overrideValues(start, patch, noon));
  for (const counters of [foldedFirst, setFirst]) {
    expect(computedValues(counters)).toMatchObject({ ltv: 299.99, purchaseCount: 1, aov: 299.99 });
  }
});

test('what is received after a value was set adds to it, or takes from it', () => {
  const set = overrideValues(emptyCounters(noon), { ltv: '299.99', purchaseCount: 1 }, noon);
  const counters = folded([[bought({ amount: '0.01' }, noon + 1), bought({ orderId: 'A', amount: 100 }, noon)]], set);
  expect(computedValues(counters)).toMatchObject({ ltv: 300, purchaseCount: 2, aov: 150 });
  const back = folded(
    [[bought({ orderId: 'A', amount: 100 }, noon)], [gaveBack({ orderId: 'A', amount: 30 }, noon + 1)]],
    set,
  );
  expect(computedValues(back)).toMatchObject({ ltv: 269.99, purchaseCount: 1 });
});
