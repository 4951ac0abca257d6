import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countPeriods } from '../../../../core/engines/columns/count-periods.ts';
import { emptyColumns, type PackedColumns } from '../../../../core/model/packed-columns.ts';
import { leftOut } from '../../../../core/model/people-groups.ts';

type Rows = { second: number; type: number }[];
const people = fc.array(fc.array(fc.record({ second: fc.nat(40), type: fc.nat(1) }), { maxLength: 8 }), {
  maxLength: 6,
});

const partOf = (all: readonly Rows[]): PackedColumns => {
  const sorted = all.map(own => own.toSorted((one, other) => one.second - other.second));
  const rows = sorted.flat();
  let end = 0;
  return {
    ...emptyColumns(),
    people: Uint32Array.from(sorted.keys()),
    starts: Uint32Array.from([0, ...sorted.map(own => (end += own.length))]),
    seconds: Uint32Array.from(rows.map(({ second }) => second)),
    types: Uint8Array.from(rows.map(({ type }) => type)),
    amounts: Int32Array.from(rows.map(({ second }) => second)),
  };
};

test('every event counts in its period, every person once, and nobody who is left out; a list is as long as its figure', () => {
  fc.assert(
    fc.property(people, fc.nat(5), (all, out) => {
      const of = new Uint8Array(8).fill(0);
      of[out] = leftOut;
      const asked = { bounds: [10, 20, 30], people: { of, count: 1 } };
      const codes = { types: ['one', 'two'], channels: [], currencies: [] };
      const run = (collect?: { period: number; type?: string }) => {
        const plan = countPeriods.plan({ ...asked, ...(collect ? { collect } : {}) }, codes);
        return countPeriods.add(countPeriods.begin(plan), partOf(all), plan);
      };
      const inside = all.filter((_, person) => person !== out);
      const within = (own: Rows, period: number, type: number) =>
        own.filter(row => row.type === type && Math.floor(row.second / 10) === period + 1);
      const told = run();
      for (const [cell, [period, type]] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ].entries()) {
        const found = inside.map(own => within(own, period ?? 0, type ?? 0));
        expect(told.events[cell]).toBe(found.flat().length);
        expect(told.people[cell]).toBe(found.filter(own => own.length > 0).length);
        expect(told.amounts[cell]).toBe(found.flat().reduce((sum, { second }) => sum + second, 0));
        const { collected } = run({ period: period ?? 0, type: codes.types[type ?? 0] ?? '' });
        expect(collected.flatMap(piece => [...piece]).length).toBe(told.people[cell]);
      }
      expect(run({ period: 1 }).collected.flatMap(piece => [...piece]).length).toBe(told.all[1]);
    }),
    { numRuns: 60 },
  );
});
