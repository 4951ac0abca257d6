import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameValue } from '../../../core/model/same-value.ts';

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: [2, { c: 3 }] }, { b: [2, { c: 3 }], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [{ a: 1 }, { a: '1' }, false],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [[1], { 0: 1 }, false],
  [null, {}, false],
  [undefined, undefined, true],
])('%j and %j: %j', (left, right, expected) => {
  expect(sameValue(left, right)).toBe(expected);
  expect(sameValue(right, left)).toBe(expected);
});

test('a value is the same as its copy in any order of members', () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, part]) => [name, turned(part)]),
    );
  };
  fc.assert(fc.property(fc.object({ withNullPrototype: false }), value => sameValue(value, turned(value))));
});
