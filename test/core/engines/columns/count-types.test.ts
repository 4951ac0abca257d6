import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countTypes } from '../../../../core/engines/columns/count-types.ts';
import { emptyColumns, type PackedColumns } from '../../../../core/model/packed-columns.ts';

type Rows = { second: number; type: number }[];

const partOf = (people: readonly Rows[]): PackedColumns => {
  const rows = people.flat();
  let end = 0;
  const starts = [0, ...people.map(own => (end += own.length))];
  return {
    ...emptyColumns(),
    starts: Uint32Array.from(starts),
    seconds: Uint32Array.from(rows.map(({ second }) => second)),
    types: Uint8Array.from(rows.map(({ type }) => type)),
  };
};

const plan = { from: 10, until: 20, types: 3 };
const people = fc.array(fc.array(fc.record({ second: fc.nat(30), type: fc.nat(2) }), { maxLength: 6 }), {
  maxLength: 8,
});

const naive = (all: readonly Rows[]) => {
  const inTime = (own: Rows, type: number) =>
    own.filter(row => row.type === type && row.second >= 10 && row.second < 20);
  return {
    events: [0, 1, 2].map(type => all.reduce((sum, own) => sum + inTime(own, type).length, 0)),
    people: [0, 1, 2].map(type => all.filter(own => inTime(own, type).length > 0).length),
  };
};

test('every event and every person counts once, in the span of time alone', () => {
  fc.assert(
    fc.property(people, all => {
      expect(countTypes.add(countTypes.begin(plan), partOf(all), plan)).toEqual(naive(all));
    }),
  );
});

test('it does not matter how people are divided into parts, nor in which order those are added or merged', () => {
  fc.assert(
    fc.property(people, people, people, (one, two, three) => {
      const add = (sums: ReturnType<typeof countTypes.begin>, all: Rows[]) => countTypes.add(sums, partOf(all), plan);
      const left = add(add(countTypes.begin(plan), one), two);
      const right = add(countTypes.begin(plan), three);
      const expected = naive([...one, ...two, ...three]);
      expect(countTypes.merge(left, right)).toEqual(expected);
      expect(countTypes.merge(right, left)).toEqual(expected);
    }),
  );
});

test('a person who is cut in two counts twice: parts must hold whole people', () => {
  const own = [
    { second: 11, type: 0 },
    { second: 12, type: 0 },
  ];
  const halves = own.map(row => countTypes.add(countTypes.begin(plan), partOf([[row]]), plan));
  expect(halves.reduce(countTypes.merge).people[0]).toBe(2);
});
