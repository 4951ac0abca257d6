import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitWhole } from '../../../core/model/largest-remainder.ts';

test.each([
  [100, [1, 1, 1], [34, 33, 33]],
  [10, [2, 1, 1, 2], [3, 2, 2, 3]],
  [1, [0, 5, 5], [0, 1, 0]],
  [7, [0, 0], [7, 0]],
])('%i by %j is %j', (total, weights, shares) => expect(splitWhole(total, weights)).toEqual(shares));

test('shares are whole and come to exactly the total, and none is further than 1 from its due', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000_000),
      fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1 }),
      (total, weights) => {
        const shares = splitWhole(total, weights);
        const sum = weights.reduce((all, weight) => all + weight, 0);
        expect(shares.every(Number.isInteger)).toBe(true);
        expect(shares.reduce((all, share) => all + share, 0)).toBe(total);
        for (const [place, share] of shares.entries())
          expect(Math.abs(share - (total * (weights[place] ?? 0)) / sum)).toBeLessThan(1.001);
      },
    ),
  );
});
