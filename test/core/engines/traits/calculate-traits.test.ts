import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TraitSet } from '../../../../core/engines/traits/calculate-traits.ts';
import { byTime, type PastEvent } from '../../../../core/language/past-event.ts';
import type { Trait } from '../../../../core/model/trait.ts';

const now = Date.parse('2026-02-15T12:00:00.000Z');
const dayMs = 86_400_000;
const event = (daysAgo: number, properties: Record<string, unknown> = {}, type = 'purchase'): PastEvent => ({
  ...{ id: `event-${daysAgo}-${JSON.stringify(properties)}`, type, at: now - daysAgo * dayMs, properties },
});
const bought = [
  event(40, { amount: 10, category: 'a', code: 1 }),
  event(20, { amount: '20.10', category: 'b', code: '1' }),
  event(10, { amount: 0.2, category: 'a' }),
  event(5, { amount: 'much', category: 'b' }),
  event(1, {}, 'visit'),
];
const calculated = (trait: Omit<Trait, 'name'>, events = bought, profile: object = {}) =>
  new TraitSet([{ name: 'x', ...trait }]).calculate({ events, profile, now });

test.each<[Omit<Trait, 'name'>, unknown]>([
  [{ kind: 'count', event: 'purchase' }, 4],
  [{ kind: 'count', event: 'nothing' }, undefined],
  [{ kind: 'count', event: 'purchase', windowDays: 15 }, 2],
  [{ kind: 'count', event: 'purchase', where: { field: 'properties.amount', operator: '>', value: 5 } }, 1],
  [{ kind: 'sum', event: 'purchase', property: 'amount' }, 30.3],
  [{ kind: 'sum', event: 'purchase', property: 'nothing' }, undefined],
  [{ kind: 'avg', event: 'purchase', property: 'amount' }, 10.1],
  [{ kind: 'min', event: 'purchase', property: 'amount' }, 0.2],
  [{ kind: 'max', event: 'purchase', property: 'amount' }, 20.1],
  [{ kind: 'first', event: 'purchase', property: 'category' }, 'a'],
  [{ kind: 'last', event: 'purchase', property: 'code' }, '1'],
  [{ kind: 'last', event: 'purchase' }, '2026-02-10T12:00:00.000Z'],
  [{ kind: 'first', event: 'purchase', windowDays: 30 }, '2026-01-26T12:00:00.000Z'],
  [{ kind: 'most_frequent', event: 'purchase', property: 'category' }, 'b'],
  [{ kind: 'most_frequent', event: 'purchase', property: 'category', windowDays: 15 }, 'b'],
  [{ kind: 'unique_list', event: 'purchase', property: 'code' }, [1, '1']],
  [{ kind: 'formula', formula: 'coalesce(traits.none, 0) + 1' }, 1],
])('%j → %j', (trait, expected) => expect(calculated(trait).values.x).toEqual(expected));

test('time alone changes a window when the oldest event in it leaves, and when one to come begins', () => {
  const trait = { kind: 'count', event: 'purchase', windowDays: 15 } as const;
  expect(calculated(trait).changesAt).toBe(now + 5 * dayMs + 1);
  expect(calculated(trait, [...bought, event(-0.001)])).toEqual({ values: { x: 2 }, changesAt: now + 86_400 });
  expect(calculated({ kind: 'count', event: 'purchase' }).changesAt).toBeUndefined();
});

test('formulas read fields, what events came to, and each other, in whatever order they were made', () => {
  const traits: Trait[] = [
    { name: 'a', kind: 'formula', formula: "if(traits.b > 3, 'often', 'seldom')" },
    { name: 'b', kind: 'formula', formula: 'traits.orders + computed.ltv' },
    { name: 'orders', kind: 'count', event: 'purchase' },
  ];
  const set = new TraitSet(traits);
  const { values } = set.calculate({ events: bought, profile: { computed: { ltv: 1 }, traits: { b: -9 } }, now });
  expect(values).toEqual({ a: 'often', b: 5, orders: 4 });
  expect(set.needs).toMatchObject({ fields: ['computed.ltv'], areTimed: false, events: new Set(['purchase']) });
});

test('what formulas that read each other in a ring come to is the same each time', () => {
  const ring: Trait[] = [
    { name: 'a', kind: 'formula', formula: 'coalesce(traits.b, 1)' },
    { name: 'b', kind: 'formula', formula: 'coalesce(traits.a, 2)' },
  ];
  const once = new TraitSet(ring).calculate({ events: [], profile: {}, now }).values;
  expect(new TraitSet(ring).calculate({ events: [], profile: { traits: once }, now }).values).toEqual(once);
});

const anyEvent = fc
  .record({
    daysAgo: fc.integer({ min: 0, max: 60 }),
    amount: fc.oneof(fc.integer({ min: -9, max: 99 }), fc.constantFrom('1.5', 'x', null)),
    category: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ daysAgo, ...properties }) => event(daysAgo, properties));

const kinds = ['count', 'sum', 'avg', 'min', 'max', 'first', 'last', 'most_frequent', 'unique_list'] as const;

test('events in whatever order they came give the same', () =>
  fc.assert(
    fc.property(fc.uniqueArray(anyEvent, { selector: one => one.id }), fc.constantFrom(...kinds), (events, kind) => {
      const trait = { kind, event: 'purchase', windowDays: 30, ...(kind === 'count' ? {} : { property: 'category' }) };
      const sorted = (some: PastEvent[]) => some.toSorted(byTime);
      expect(calculated(trait, sorted(events.toReversed()))).toEqual(calculated(trait, sorted(events)));
    }),
  ));

test('between now and when it is told that time changes something, nothing changes', () =>
  fc.assert(
    fc.property(fc.array(anyEvent), fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
      const set = new TraitSet([
        { name: 'n', kind: 'count', event: 'purchase', windowDays: 20 },
        { name: 'l', kind: 'unique_list', event: 'purchase', property: 'category', windowDays: 7 },
      ]);
      const events = given.toSorted(byTime);
      const first = set.calculate({ events, profile: {}, now });
      const until = first.changesAt ?? now + 100 * dayMs;
      const later = now + Math.floor((until - 1 - now) * share);
      expect(set.calculate({ events, profile: {}, now: later })).toEqual(first);
    }),
  ));

test('lists keep what was seen last, and no text that is too long', () => {
  const many = Array.from({ length: 150 }, (_, n) => event(150 - n, { category: `c${String(n).padStart(3, '0')}` }));
  const trait = { kind: 'unique_list', event: 'purchase', property: 'category' } as const;
  const value = calculated(trait, many).values.x as string[];
  expect([value.length, value[0], value.at(-1)]).toEqual([100, 'c050', 'c149']);
  expect(calculated(trait, [event(1, { category: 'x'.repeat(300) })]).values).toEqual({});
});
