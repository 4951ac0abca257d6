import type { Comparison, Operator, Scalar } from './condition.ts';
import { durationMs } from './duration.ts';
import { instantOf } from './instant-of.ts';
import { inOrder, lowered } from './text-order.ts';

/** Whether what is there holds, at an instant (epoch ms). What is missing never comes here. */
type Test = (actual: unknown, now: number) => boolean;
/** Makes the test of one value, with whatever can be found out about it once and for all. */
type MakeTest = (expected: Comparison['value']) => Test;

const never: Test = () => false;
const isScalar = (value: Comparison['value']): value is Scalar => value !== undefined && !Array.isArray(value);

/** The order of values of one kind to an expected one; `undefined` for values that have no order to it. Never coerces. */
const orderTo = (expected: Scalar): ((actual: unknown) => number | undefined) => {
  if (typeof expected === 'number') {
    return actual => (typeof actual === 'number' ? Math.sign(actual - expected) : undefined);
  }
  if (typeof expected !== 'string') return () => undefined;
  const instant = instantOf(expected);
  return actual => {
    if (typeof actual !== 'string') return undefined;
    const own = instant === undefined ? undefined : instantOf(actual);
    return instant === undefined || own === undefined ? inOrder(actual, expected) : Math.sign(own - instant);
  };
};

const ordered =
  (holds: (sign: number) => boolean): MakeTest =>
  expected => {
    if (!isScalar(expected)) return never;
    const order = orderTo(expected);
    return actual => {
      const sign = order(actual);
      return sign !== undefined && holds(sign);
    };
  };

const same: MakeTest = expected => {
  if (!isScalar(expected)) return never;
  if (typeof expected !== 'string' || instantOf(expected) === undefined) return actual => actual === expected;
  return ordered(sign => sign === 0)(expected);
};

const among: MakeTest = expected => {
  if (!Array.isArray(expected)) return never;
  const exact = new Set<unknown>(expected);
  const dates = expected.filter(one => instantOf(one) !== undefined).map(same);
  return (actual, now) =>
    Array.isArray(actual)
      ? actual.some(one => exact.has(one))
      : exact.has(actual) || dates.some(test => test(actual, now));
};

/** Members of a list are the same when they are equal, letter by letter. */
const contains: MakeTest = expected => {
  const text = typeof expected === 'string' ? lowered(expected) : undefined;
  return actual =>
    Array.isArray(actual)
      ? actual.includes(expected)
      : text !== undefined && typeof actual === 'string' && lowered(actual).includes(text);
};

const between: MakeTest = expected => {
  const [low, high] = Array.isArray(expected) ? expected : [];
  if (low === undefined || high === undefined) return never;
  const [above, below] = [ordered(sign => sign >= 0)(low), ordered(sign => sign <= 0)(high)];
  return (actual, now) => above(actual, now) && below(actual, now);
};

const inTime =
  (holds: (actual: number, expected: number) => boolean): MakeTest =>
  expected => {
    const bound = instantOf(expected);
    if (bound === undefined) return never;
    return actual => {
      const instant = instantOf(actual);
      return instant !== undefined && holds(instant, bound);
    };
  };

const withinLast: MakeTest = expected => {
  const length = durationMs(expected);
  if (length === undefined) return never;
  return (actual, now) => {
    const instant = instantOf(actual);
    return instant !== undefined && instant >= now - length && instant <= now;
  };
};

const ofText =
  (holds: (actual: string, expected: string) => boolean): MakeTest =>
  expected => {
    if (typeof expected !== 'string') return never;
    const text = lowered(expected);
    return actual => typeof actual === 'string' && holds(lowered(actual), text);
  };

const opposite =
  (make: MakeTest): MakeTest =>
  expected => {
    const test = make(expected);
    return (actual, now) => !test(actual, now);
  };

/** One line per operator. */
const tests: Record<Operator, MakeTest> = {
  '=': same,
  '!=': opposite(same),
  '>': ordered(sign => sign > 0),
  '<': ordered(sign => sign < 0),
  '>=': ordered(sign => sign >= 0),
  '<=': ordered(sign => sign <= 0),
  between,
  before: inTime((actual, expected) => actual < expected),
  after: inTime((actual, expected) => actual > expected),
  within_last: withinLast,
  contains,
  starts_with: ofText((actual, expected) => actual.startsWith(expected)),
  ends_with: ofText((actual, expected) => actual.endsWith(expected)),
  in: among,
  not_in: opposite(among),
  exists: () => () => true,
  not_exists: () => never,
};

const heldByMissing = new Set<Operator>(['!=', 'not_in', 'not_exists']);

/**
 * The test that a comparison is. A missing value satisfies `!=`, `not_in` and `not_exists` and nothing else; values of
 * different kinds are never equal; ISO dates compare as instants; `between` and `within_last` have both ends in them,
 * and nothing to come is within the last days; `contains` is membership in a list, and a part of a text, whose case,
 * like that of its start and end, says nothing.
 */
export const testOf = ({ operator, value }: Comparison): Test => {
  const [test, ofMissing] = [tests[operator](value), heldByMissing.has(operator)];
  return (actual, now) => (actual === undefined || actual === null ? ofMissing : test(actual, now));
};

/** @example compare(30, { field: 'age', operator: '=', value: '30' }, 0) // false */
export const compare = (actual: unknown, comparison: Comparison, now: number): boolean =>
  testOf(comparison)(actual, now);
