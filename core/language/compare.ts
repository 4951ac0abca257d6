import type { Comparison, Operator } from './condition.ts';

type Test = (actual: unknown, expected: Comparison['value']) => boolean;

const isoDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The instant of an ISO 8601 text in milliseconds (a date alone is midnight UTC), or `undefined` for other text. */
export const instantOf = (value: unknown): number | undefined => {
  if (typeof value !== 'string' || !isoDate.test(value)) return undefined;
  const text = value.length > 10 && !/(Z|[+-]\d{2}:?\d{2})$/.test(value) ? `${value}Z` : value;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
};

/** The order of two values of one kind; `undefined` for values that have no order together. Never coerces. */
const order = (left: unknown, right: unknown): number | undefined => {
  if (typeof left === 'number' && typeof right === 'number') return Math.sign(left - right);
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const [a, b] = [instantOf(left), instantOf(right)];
  if (a !== undefined && b !== undefined) return Math.sign(a - b);
  return left < right ? -1 : left > right ? 1 : 0;
};

const same: Test = (actual, expected) =>
  typeof actual === 'boolean' ? actual === expected : order(actual, expected) === 0;

const ordered =
  (holds: (sign: number) => boolean): Test =>
  (actual, expected) => {
    const sign = order(actual, expected);
    return sign !== undefined && holds(sign);
  };

const among: Test = (actual, expected) =>
  Array.isArray(expected) && expected.some(one => (Array.isArray(actual) ? contains(actual, one) : same(actual, one)));

const contains: Test = (actual, expected) => {
  if (Array.isArray(actual)) return actual.some(one => same(one, expected));
  return (
    typeof actual === 'string' && typeof expected === 'string' && actual.toLowerCase().includes(expected.toLowerCase())
  );
};

const between: Test = (actual, expected) => {
  const [low, high] = Array.isArray(expected) ? expected : [];
  const [above, below] = [order(actual, low), order(actual, high)];
  return above !== undefined && below !== undefined && above >= 0 && below <= 0;
};

const inTime =
  (holds: (actual: number, expected: number) => boolean): Test =>
  (actual, expected) => {
    const [left, right] = [instantOf(actual), instantOf(expected)];
    return left !== undefined && right !== undefined && holds(left, right);
  };

const ofText =
  (holds: (actual: string, expected: string) => boolean): Test =>
  (actual, expected) =>
    typeof actual === 'string' && typeof expected === 'string' && holds(actual.toLowerCase(), expected.toLowerCase());

/** One line per operator. */
const tests: Record<Operator, Test> = {
  '=': same,
  '!=': (actual, expected) => !same(actual, expected),
  '>': ordered(sign => sign > 0),
  '<': ordered(sign => sign < 0),
  '>=': ordered(sign => sign >= 0),
  '<=': ordered(sign => sign <= 0),
  between,
  before: inTime((actual, expected) => actual < expected),
  after: inTime((actual, expected) => actual > expected),
  contains,
  starts_with: ofText((actual, expected) => actual.startsWith(expected)),
  ends_with: ofText((actual, expected) => actual.endsWith(expected)),
  in: among,
  not_in: (actual, expected) => !among(actual, expected),
  exists: () => true,
  not_exists: () => false,
};

const heldByMissing = new Set<Operator>(['!=', 'not_in', 'not_exists']);

/**
 * Does a value satisfy a comparison? A missing value satisfies `!=`, `not_in` and `not_exists` and nothing else; values
 * of different kinds are never equal; ISO dates compare as instants; `between` has both ends in it; `contains` is
 * membership in a list, and a part of a text, whose case, like that of its start and end, says nothing.
 *
 * @example compare(30, { field: 'age', operator: '=', value: '30' }) // false
 */
export const compare = (actual: unknown, { operator, value }: Comparison): boolean =>
  actual === undefined || actual === null ? heldByMissing.has(operator) : tests[operator](actual, value);
