import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../../core/language/compare.ts';
import { type Comparison, type Operator, operators } from '../../../core/language/condition.ts';
import { instantOf } from '../../../core/language/instant-of.ts';

const holds = (actual: unknown, operator: Operator, value: Comparison['value']): boolean =>
  compare(actual, { field: 'any', operator, value }, 0);

describe('operators', () => {
  test.each<[unknown, Operator, Comparison['value'], boolean]>([
    [5, '=', 5, true],
    [5, '=', 6, false],
    [5, '!=', 6, true],
    [5, '!=', 5, false],
    [5, '>', 4.9, true],
    [5, '>', 5, false],
    [5, '<', 5.1, true],
    [5, '<', 5, false],
    [5, '>=', 5, true],
    [5, '<=', 5, true],
    [4, '>=', 5, false],
    ['DE', '=', 'DE', true],
    ['DE', '=', 'de', false],
    ['b', '>', 'a', true],
    [true, '=', true, true],
    [true, '=', false, false],
    [false, '!=', true, true],
    ['Example Ltd', 'contains', 'ample', true],
    ['Example Ltd', 'contains', 'LTD', true],
    ['Example Ltd', 'contains', 'inc', false],
    [['vip', 'new'], 'contains', 'vip', true],
    [['vip', 'new'], 'contains', 'VI', false],
    ['US', 'in', ['DE', 'US'], true],
    ['FR', 'in', ['DE', 'US'], false],
    ['FR', 'not_in', ['DE', 'US'], true],
    ['US', 'not_in', ['DE', 'US'], false],
    [['vip', 'new'], 'in', ['old', 'vip'], true],
    [['vip', 'new'], 'not_in', ['old', 'vip'], false],
    [5, 'between', [5, 7], true],
    [7, 'between', [5, 7], true],
    [7.1, 'between', [5, 7], false],
    [6, 'between', [7, 5], false],
    ['2026-02-15', 'between', ['2026-02-15T00:00:00Z', '2026-02-16'], true],
    ['2026-02-15', 'before', '2026-02-15T00:00:01Z', true],
    ['2026-02-15', 'before', '2026-02-15', false],
    ['2026-02-15T01:00:00+02:00', 'before', '2026-02-15', true],
    ['2026-02-15T00:00:01Z', 'after', '2026-02-15', true],
    ['soon', 'after', '2026-02-15', false],
    ['Example Ltd', 'starts_with', 'exam', true],
    ['Example Ltd', 'starts_with', 'ltd', false],
    ['Example Ltd', 'ends_with', 'LTD', true],
    ['Example Ltd', 'ends_with', 'exam', false],
    [['vip'], 'starts_with', 'v', false],
    ['', 'exists', undefined, true],
    [false, 'exists', undefined, true],
    [0, 'not_exists', undefined, false],
  ])('%j %s %j → %j', (actual, operator, value, expected) => {
    expect(holds(actual, operator, value)).toBe(expected);
  });
});

describe('nothing is coerced', () => {
  test.each<[unknown, Operator, Comparison['value'], boolean]>([
    [30, '=', '30', false],
    ['30', '=', 30, false],
    [30, '!=', '30', true],
    [30, '>', '4', false],
    ['30', '<', 40, false],
    [1, '=', true, false],
    [true, '=', 'true', false],
    ['', '=', false, false],
    [30, 'in', ['30'], false],
    [30, 'not_in', ['30'], true],
    [30, 'contains', '3', false],
    [{ a: 1 }, '=', '[object Object]', false],
  ])('%j %s %j → %j', (actual, operator, value, expected) => {
    expect(holds(actual, operator, value)).toBe(expected);
  });
});

describe('dates compare as instants', () => {
  test.each<[unknown, Operator, Comparison['value'], boolean]>([
    ['2026-02-15T12:00:00Z', '=', '2026-02-15T13:00:00+01:00', true],
    ['2026-02-15', '=', '2026-02-15T00:00:00.000Z', true],
    ['2026-02-15', '<', '2026-02-15T00:00:01Z', true],
    ['2026-02-15T23:30:00-02:00', '>', '2026-02-16T01:00:00Z', true],
    ['2026-02-15T12:00:00.5Z', '>=', '2026-02-15T12:00:00Z', true],
    ['2026-02-15 12:00:00', '=', '2026-02-15T12:00:00Z', true],
    ['yesterday', '<', '2026-02-15', false],
  ])('%j %s %j → %j', (actual, operator, value, expected) => {
    expect(holds(actual, operator, value)).toBe(expected);
  });

  test.each(['2026-13-01', '2026-02-15T101:30:00.000Z', '15.02.2026', '2026', '', 'now'])('%j is no date', text => {
    expect(instantOf(text)).toBeUndefined();
  });
});

test.each([undefined, null])('what is missing (%s) satisfies !=, not_in and not_exists and nothing else', missing => {
  const satisfied = operators.filter(operator =>
    holds(missing, operator, operator === 'in' || operator === 'not_in' ? ['x'] : 'x'),
  );
  expect(satisfied).toEqual(['!=', 'not_in', 'not_exists']);
});

const scalar = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string(), fc.boolean());
const opposites: [Operator, Operator][] = [
  ['=', '!='],
  ['in', 'not_in'],
];

test.each(opposites)('%s and %s are opposites of each other for every value, missing ones included', (left, right) => {
  const anything = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.constant(undefined), fc.constant(null));
  fc.assert(
    fc.property(anything, scalar, (actual, one) => {
      const value = left === 'in' ? [one] : one;
      expect(holds(actual, left, value)).toBe(!holds(actual, right, value));
    }),
  );
});

test('of two numbers exactly one is less, equal or greater', () => {
  const number = fc.double({ noNaN: true });
  fc.assert(
    fc.property(number, number, (left, right) => {
      const held = (['<', '=', '>'] as const).filter(operator => holds(left, operator, right));
      expect(held).toHaveLength(1);
    }),
  );
});
