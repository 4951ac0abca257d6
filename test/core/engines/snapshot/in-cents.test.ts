import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inCents } from '../../../../core/engines/snapshot/in-cents.ts';

test.each([
  [0, 0, null],
  [123.45, 12345, null],
  [124.995, 12500, 124.995],
  [-3.005, -301, -3.005],
  [0.1 + 0.2, 30, 0.1 + 0.2],
  [999_999_999_999_999, 99_999_999_999_999_900, 999_999_999_999_999],
])('%d is %d hundredths, and beside them %j', (sum, cents, exact) => {
  expect(inCents(sum)).toEqual({ cents, exact });
});

test('the sum is the exact one where there is one, and a hundredth of the cents where there is none', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 4 }), (whole, places) => {
      const sum = Number(`${whole}e-${places}`);
      const { cents, exact } = inCents(sum);
      expect(exact ?? cents / 100).toBe(sum);
      if (places <= 2) expect(exact).toBeNull();
    }),
  );
});
