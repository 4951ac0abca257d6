import { expect, test } from 'vitest';
import { countDay } from '../../../../core/engines/profiles/count-day.ts';
import type { DayCounts } from '../../../../core/model/profile-state.ts';

const counted = (events: readonly (readonly [type: string, at: string])[]): DayCounts | undefined =>
  events.reduce<DayCounts | undefined>((known, [type, at]) => countDay(known, type, Date.parse(at)), undefined);

test('the newest day of events is counted, by type; it begins at midnight in UTC', () => {
  const counts = counted([
    ['page_view', '2026-02-15T23:59:59.999Z'],
    ['page_view', '2026-02-16T00:00:00.000Z'],
    ['purchase', '2026-02-16T23:59:59.999Z'],
    ['page_view', '2026-02-16T12:00:00.000Z'],
    ['refund', '2026-02-14T12:00:00.000Z'],
  ]);
  const day = Date.parse('2026-02-16T00:00:00.000Z') / 86_400_000;
  expect(counts).toEqual({ day, types: { page_view: 2, purchase: 1 }, others: 0 });
});

test('of more types than there is room for the first by name are counted apart, the others together', () => {
  const names = Array.from({ length: 30 }, (_, number) => `type ${String(number).padStart(2, '0')}`);
  const twice = [...names, ...names.toReversed()].map(name => [name, '2026-02-16T12:00:00.000Z'] as const);
  const counts = counted(twice);
  expect(counts?.types).toEqual(Object.fromEntries(names.slice(0, 20).map(name => [name, 2])));
  expect(counts?.others).toBe(20);
});

test('no name is mistaken for something that every object has', () => {
  const types = counted(['__proto__', 'constructor', '__proto__'].map(type => [type, '2026-02-16'] as const))?.types;
  expect(Object.entries(types ?? {})).toEqual([
    ['__proto__', 2],
    ['constructor', 1],
  ]);
});
