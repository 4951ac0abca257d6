import { expect, test } from 'vitest';
import { minorUnits } from '../../../core/model/minor-units.ts';

test.each([
  ['124.995', 'USD', 12_500],
  ['124.994', 'EUR', 12_499],
  ['1200', 'JPY', 1200],
  ['1.2345', 'KWD', 1235],
  ['0.1', 'USD', 10],
  ['999999999999999', 'USD', undefined],
])('%s %s are %j', (decimal, currency, units) => {
  expect(minorUnits(decimal, currency)).toBe(units);
});
