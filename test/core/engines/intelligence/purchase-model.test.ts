import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chanceAlive,
  chanceOfNothing,
  expectedOfNewcomer,
  expectedPurchases,
} from '../../../../core/engines/intelligence/purchase-model.ts';
import { expectedSpend } from '../../../../core/engines/intelligence/spend-model.ts';

/** As fitted to the papers' own sample of the online music shop. */
const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const spend = { p: 6.25, q: 3.74, v: 15.44 };

/** The integral form of the Gauss hypergeometric function, term by term: slow and plain. */
const hypergeometric = (a: number, b: number, c: number, z: number): number => {
  let [term, sum] = [1, 1];
  for (let n = 0; n < 5000; n += 1) {
    term *= ((a + n) * (b + n) * z) / ((c + n) * (n + 1));
    sum += term;
  }
  return sum;
};

const asPrinted = (
  { r, alpha, a, b }: typeof published,
  x: number,
  recency: number,
  age: number,
  t: number,
): number => {
  const series = hypergeometric(r + x, b + x, a + b + x - 1, t / (alpha + age + t));
  const above = ((a + b + x - 1) / (a - 1)) * (1 - ((alpha + age) / (alpha + age + t)) ** (r + x) * series);
  return above / (1 + (x > 0 ? (a / (b + x - 1)) * ((alpha + age) / (alpha + recency)) ** (r + x) : 0));
};

describe('expected purchases', () => {
  test('are those of the published example: 2 purchases, the last in week 30.43 of 38.86', () => {
    const buyer = { frequency: 2, recency: 30.43, age: 38.86 };
    expect(expectedPurchases(published, buyer, 39)).toBeCloseTo(1.226, 3);
    expect(chanceAlive(published, buyer)).toBeCloseTo(0.7266, 4);
  });

  test.each([
    [0, 0, 30, 39],
    [1, 2, 38.9, 39],
    [7, 30, 31, 52],
    [29, 38, 38.9, 10],
  ])(
    'are what the paper’s equation (10) says for %d purchases, last in week %d of %d, in %d weeks',
    (x, recency, age, t) => {
      expect(expectedPurchases(published, { frequency: x, recency, age }, t)).toBeCloseTo(
        asPrinted(published, x, recency, age, t),
        8,
      );
    },
  );

  test('hold where a is 1, between its neighbours', () => {
    const at = (a: number) => expectedPurchases({ ...published, a }, { frequency: 3, recency: 20, age: 30 }, 39);
    expect(at(1)).toBeGreaterThan(at(1.0001));
    expect(at(1)).toBeLessThan(at(0.9999));
    expect(at(1)).toBeCloseTo((at(1.0001) + at(0.9999)) / 2, 6);
  });

  test('rise with the horizon, and nothing is bought with the chance that fits them', () => {
    const buyers = fc.record({
      frequency: fc.integer({ min: 0, max: 60 }),
      share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(buyers, fc.double({ min: 0.1, max: 200, noNaN: true }), ({ frequency, share }, weeks) => {
        const buyer = { frequency, recency: frequency === 0 ? 0 : share * 50, age: 50 };
        const [few, many] = [
          expectedPurchases(published, buyer, weeks),
          expectedPurchases(published, buyer, weeks * 2),
        ];
        expect(many).toBeGreaterThanOrEqual(few);
        expect(1 - chanceOfNothing(published, buyer, weeks)).toBeLessThanOrEqual(few + 1e-9);
      }),
    );
  });

  test('of a newcomer are what a year brings', () => {
    expect(expectedOfNewcomer(published, 52)).toBeCloseTo(asPrinted(published, 0, 0, 0, 52), 8);
  });
});

test.each([
  [2, 22.35, 24.66],
  [1, 11.77, 18.91],
  [7, 73.74, 71.46],
  [0, 0, 35.22],
])('a purchase of whoever bought again %d times for %d on average is worth %d', (frequency, mean, worth) => {
  expect(Math.abs(expectedSpend(spend, { frequency, spend: mean }) - worth)).toBeLessThan(0.02);
});
