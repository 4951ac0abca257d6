import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computedValues, overrideValues } from '../../../../core/engines/profiles/computed-values.ts';
import { type Contribution, foldEvents } from '../../../../core/engines/profiles/fold-events.ts';
import { emptyCounters } from '../../../../core/model/profile-state.ts';

const noon = Date.parse('2026-02-15T12:00:00.000Z');

const contribution: fc.Arbitrary<Contribution> = fc.record(
  {
    at: fc.integer({ min: 0, max: noon }),
    receivedAt: fc.integer({ min: noon - 1000, max: noon + 1000 }),
    purchase: fc.record({
      amount: fc.integer({ min: 0, max: 1e9 }).map(value => String(value / 1000)),
      currency: fc.constantFrom('USD', 'USD', 'EUR', 'GBP'),
    }),
  },
  { requiredKeys: ['at', 'receivedAt'] },
);

const overridden = overrideValues(
  emptyCounters(noon),
  {
    ltv: '50',
    aov: '7',
    purchaseCount: 3,
    firstSeenDate: '2026-01-01T00:00:00Z',
    lastPurchaseDate: '2026-02-01T00:00:00Z',
  },
  noon,
);

test.each([
  ['events alone', emptyCounters(noon)],
  ['values set by hand', overridden],
])('any order and any grouping of the same events give the same: %s', (_, start) => {
  const cases = fc.array(contribution, { maxLength: 20 }).chain(events =>
    fc.record({
      events: fc.constant(events),
      shuffled: fc.shuffledSubarray(events, { minLength: events.length }),
      cut: fc.nat(20),
    }),
  );
  fc.assert(
    fc.property(cases, ({ events, shuffled, cut }) => {
      const whole = foldEvents(start, events, 'USD');
      const first = foldEvents(start, shuffled.slice(0, cut), 'USD');
      expect(foldEvents(first, shuffled.slice(cut), 'USD')).toEqual(whole);
    }),
  );
});

const bought = (amount: string, receivedAt: number): Contribution => ({
  at: noon - 60_000,
  receivedAt,
  purchase: { amount, currency: 'USD' },
});

test('a value set by hand ends the same whether the purchase before it is folded before or after', () => {
  const purchase = bought('249.99', noon - 10);
  const patch = { ltv: '299.99', purchaseCount: 1 };
  const start = emptyCounters(noon - 60_000);
  const foldedFirst = overrideValues(foldEvents(start, [purchase], 'USD'), patch, noon);
  const setFirst = foldEvents(overrideValues(start, patch, noon), [purchase], 'USD');
  for (const counters of [foldedFirst, setFirst]) {
    expect(computedValues(counters)).toMatchObject({ ltv: 299.99, purchaseCount: 1, aov: 299.99 });
  }
});

test('what is received after a value was set adds to it', () => {
  const set = overrideValues(emptyCounters(noon), { ltv: '299.99', purchaseCount: 1 }, noon);
  const counters = foldEvents(set, [bought('0.01', noon + 1), bought('100', noon)], 'USD');
  expect(computedValues(counters)).toMatchObject({ ltv: 300, purchaseCount: 2, aov: 150 });
});

test('an average set by hand holds until the next purchase', () => {
  const set = overrideValues(emptyCounters(noon), { aov: '12.5' }, noon);
  expect(computedValues(foldEvents(set, [bought('1', noon - 1)], 'USD')).aov).toBe(12.5);
  expect(computedValues(foldEvents(set, [bought('1', noon + 1)], 'USD')).aov).toBe(1);
});

test('dates set by hand move with what is received later, and only in their own direction', () => {
  const day = (date: number) => Date.parse(`2026-02-0${date}T00:00:00.000Z`);
  const set = overrideValues(
    emptyCounters(noon),
    { firstSeenDate: '2026-02-04T00:00:00Z', lastSeenDate: '2026-02-05T00:00:00Z' },
    noon,
  );
  const late = (at: number): Contribution => ({ at, receivedAt: noon + 1 });
  const between = computedValues(foldEvents(set, [{ ...late(day(1)), receivedAt: noon }, late(day(4))], 'USD'));
  expect(between).toMatchObject({
    firstSeenDate: '2026-02-04T00:00:00.000Z',
    lastSeenDate: '2026-02-05T00:00:00.000Z',
  });
  const outside = computedValues(foldEvents(set, [late(day(3)), late(day(6))], 'USD'));
  expect(outside).toMatchObject({
    firstSeenDate: '2026-02-03T00:00:00.000Z',
    lastSeenDate: '2026-02-06T00:00:00.000Z',
  });
});

test('other currencies are kept apart, exactly, and are no part of the lifetime value', () => {
  const events = ['0.1', '0.2'].map(amount => ({ ...bought(amount, noon), purchase: { amount, currency: 'EUR' } }));
  const counters = foldEvents(emptyCounters(noon), [...events, bought('124.995', noon)], 'USD');
  expect(counters).toMatchObject({ ltv: '124.995', otherCurrencies: { EUR: '0.3' }, purchases: 3 });
});

test('a profile that bought nothing has no average and no last purchase', () => {
  const computed = computedValues(foldEvents(emptyCounters(noon), [{ at: noon, receivedAt: noon }], 'USD'));
  expect(computed).toMatchObject({ ltv: 0, aov: 0, purchaseCount: 0 });
  expect(computed).not.toHaveProperty('lastPurchaseDate');
});
