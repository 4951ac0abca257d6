import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDecimals,
  Currency,
  Decimal,
  divideDecimals,
  multiplyDecimals,
  PositiveDecimal,
  sumDecimals,
} from '../../../core/model/money.ts';

/** Whole millionths as a decimal, so that sums can be checked in whole numbers. */
const millionths = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const decimal = (value: bigint): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(7, '0');
  return Decimal.parse(`${value < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`);
};

test.each([
  [124.995, '124.995'],
  [0, '0'],
  [-0, '0'],
  [1e-7, '0.0000001'],
  [1e14, '100000000000000'],
  ['249.990', '249.99'],
  ['-0.10', '-0.1'],
  ['007', '7'],
])('%j is the decimal %s', (given, expected) => {
  expect(Decimal.parse(given)).toBe(expected);
});

test.each([1e16, 1e-11, Number.NaN, Number.POSITIVE_INFINITY, '1e3', '1,5', '', ' 1', '0x10', '1.', '.5', null, true])(
  '%j is no decimal',
  given => {
    expect(Decimal.safeParse(given).success).toBe(false);
  },
);

test('every number that a client may send as money either stays exactly itself or is refused', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), value => {
      const parsed = Decimal.safeParse(value);
      if (parsed.success) expect(Number(parsed.data)).toBe(value === 0 ? 0 : value);
    }),
  );
});

test('sums are exact, whatever the order and the grouping', () => {
  fc.assert(
    fc.property(fc.array(millionths, { maxLength: 50 }), fc.nat(), (values, cut) => {
      const exact = decimal(values.reduce((sum, value) => sum + value, 0n));
      const parts = [values.slice(0, cut % 50), values.slice(cut % 50)].map(part => sumDecimals(part.map(decimal)));
      expect(sumDecimals(values.map(decimal).reverse())).toBe(exact);
      expect(addDecimals(parts[0] ?? '0', parts[1] ?? '0')).toBe(exact);
    }),
  );
});

test('0.1 and 0.2 are 0.3', () => {
  expect(addDecimals('0.1', '0.2')).toBe('0.3');
});

test('a product has no rounding', () => {
  expect(multiplyDecimals('2', '124.995')).toBe('249.99');
});

test.each([
  ['10', 3, 2, '3.33'],
  ['0.05', 2, 2, '0.03'],
  ['-0.05', 2, 2, '-0.03'],
  ['299.99', 1, 2, '299.99'],
])('%s / %d to %d digits is %s', (left, right, places, expected) => {
  expect(divideDecimals(left, right, places)).toBe(expected);
});

test('less than nothing is refused where it makes no sense', () => {
  expect(PositiveDecimal.safeParse(-0.01).success).toBe(false);
  expect(PositiveDecimal.parse(0)).toBe('0');
});

test.each([
  ['usd', 'USD'],
  ['EUR', 'EUR'],
])('the currency %s is %s', (given, expected) => {
  expect(Currency.parse(given)).toBe(expected);
});

test.each(['', 'US', 'DOLLAR', '€', 'U5D'])('%j is no currency', given => {
  expect(Currency.safeParse(given).success).toBe(false);
});
