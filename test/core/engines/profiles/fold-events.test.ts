import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computedValues, overrideValues } from '../../../../core/engines/profiles/computed-values.ts';
import { type Contribution, foldEvents } from '../../../../core/engines/profiles/fold-events.ts';
import { emptyCounters } from '../../../../core/model/profile-state.ts';

const noon = Date.parse('2026-02-15T12:00:00.000Z');

const contribution: fc.Arbitrary<Contribution> = fc.record({
  at: fc.integer({ min: noon - 5 * 86_400_000, max: noon }),
  receivedAt: fc.integer({ min: noon - 1000, max: noon + 1000 }),
  type: fc.constantFrom('purchase', 'refund', 'page_view', '__proto__', ...Array.from('abcdefghijklmnopqrstuvwxyz')),
});

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
  const cases = fc.array(contribution, { maxLength: 60 }).chain(events =>
    fc.record({
      events: fc.constant(events),
      shuffled: fc.shuffledSubarray(events, { minLength: events.length }),
      cut: fc.nat(60),
    }),
  );
  fc.assert(
    fc.property(cases, ({ events, shuffled, cut }) => {
      const first = foldEvents(start, shuffled.slice(0, cut));
      expect(foldEvents(first, shuffled.slice(cut))).toEqual(foldEvents(start, events));
    }),
  );
});

const happened = (type: string, receivedAt: number, at = noon - 60_000): Contribution => ({ type, at, receivedAt });

test.each(['purchase', 'refund'])('an average set by hand holds until the next %s', type => {
  const set = overrideValues({ ...emptyCounters(noon), purchases: 1, ltv: '1' }, { aov: '12.5' }, noon);
  expect(computedValues(foldEvents(set, [happened(type, noon)])).aov).toBe(12.5);
  expect(computedValues(foldEvents(set, [happened(type, noon + 1)])).aov).toBe(1);
});

test('dates set by hand move with what is received later, and only in their own direction', () => {
  const day = (date: number) => Date.parse(`2026-02-0${date}T00:00:00.000Z`);
  const set = overrideValues(
    emptyCounters(noon),
    { firstSeenDate: '2026-02-04T00:00:00Z', lastSeenDate: '2026-02-05T00:00:00Z' },
    noon,
  );
  const late = (at: number) => happened('page_view', noon + 1, at);
  const between = computedValues(foldEvents(set, [{ ...late(day(1)), receivedAt: noon }, late(day(4))]));
  expect(between).toMatchObject({
    firstSeenDate: '2026-02-04T00:00:00.000Z',
    lastSeenDate: '2026-02-05T00:00:00.000Z',
  });
  const outside = computedValues(foldEvents(set, [late(day(3)), late(day(6))]));
  expect(outside).toMatchObject({
    firstSeenDate: '2026-02-03T00:00:00.000Z',
    lastSeenDate: '2026-02-06T00:00:00.000Z',
  });
});

test('the last purchase is dated by purchases alone', () => {
  const counters = foldEvents(emptyCounters(noon), [
    happened('purchase', noon, noon - 9000),
    happened('refund', noon, noon - 10),
    happened('page_view', noon, noon - 5),
  ]);
  expect(counters).toMatchObject({ events: 3, lastPurchaseAt: noon - 9000 });
});

test('a profile that bought nothing has no average and no last purchase', () => {
  const computed = computedValues(foldEvents(emptyCounters(noon), [happened('page_view', noon)]));
  expect(computed).toMatchObject({ ltv: 0, aov: 0, purchaseCount: 0 });
  expect(computed).not.toHaveProperty('lastPurchaseDate');
});
