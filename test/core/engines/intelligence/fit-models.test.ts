import { expect, test } from 'vitest';
import { buyerAsOf, buyersOf, isUsableBuyer } from '../../../../core/engines/intelligence/buyers.ts';
import { fitPurchases } from '../../../../core/engines/intelligence/fit-purchases.ts';
import { fitSpend } from '../../../../core/engines/intelligence/fit-spend.ts';
import { judgeBuying } from '../../../../core/engines/intelligence/judge-buying.ts';
import { trainBuying } from '../../../../core/engines/intelligence/train-buying.ts';
import { simulatedBuyers } from '../../../fixtures/simulated-buyers.ts';

const truth = { r: 0.55, alpha: 6, a: 0.8, b: 2.6, p: 5, q: 4, v: 60 };
const histories = simulatedBuyers({ ...truth, customers: 4000, joiningDays: 90, days: 600, seed: 3 });
const buyers = histories.map(history => buyerAsOf(history, 600)).flatMap(buyer => buyer ?? []);

test('what simulated people did leads back to what they were made from', () => {
  const fit = fitPurchases(buyersOf(buyers));
  expect(fit.status).toBe('fitted');
  if (fit.status !== 'fitted') return;
  expect(fit.model.r / truth.r).toBeCloseTo(1, 0);
  expect(fit.model.a / (fit.model.a + fit.model.b)).toBeCloseTo(truth.a / (truth.a + truth.b), 1);
  const spend = fitSpend(buyersOf(buyers));
  expect(spend.status === 'fitted' && (spend.model.p * spend.model.v) / (spend.model.q - 1)).toBeCloseTo(100, -1);
});

test('a model learnt up to a day foretells the days after it', () => {
  const trained = trainBuying(histories, 350, 90);
  expect(trained.status).toBe('fitted');
  if (trained.status !== 'fitted') return;
  const { purchases, money, returning, returningByRecency } = judgeBuying(trained.model, histories, 350, 250);
  expect(Math.abs(purchases.expected / purchases.happened - 1)).toBeLessThan(0.1);
  expect(Math.abs(money.expected / money.happened - 1)).toBeLessThan(0.1);
  expect(returning.areaUnderCurve).toBeGreaterThan(returningByRecency);
  expect(returning.brier).toBeLessThan(returning.brierOfRate);
  expect(returning.calibrationError).toBeLessThan(0.03);
});

const once = { frequency: 0, recency: 0, age: 20, spend: 0, basket: 10 };
const twice = { frequency: 1, recency: 3, age: 20, spend: 10, basket: 10 };

test.each([
  ['nobody bought again', [once, once], 'insufficient_data'],
  ['everybody first bought today', [{ ...once, age: 0 }], 'insufficient_data'],
])('where %s the purchases are not fitted: %s', (_, people, status) => {
  expect(fitPurchases(buyersOf(people)).status).toBe(status);
});

test('where everybody pays the same there is nothing to be told of what they pay', () => {
  expect(fitSpend(buyersOf([twice, twice, twice])).status).toBe('insufficient_data');
});

test('where nobody ever leaves it is said that no model fits, or one is found that says so', () => {
  const steady = Array.from({ length: 300 }, () => ({ frequency: 20, recency: 20, age: 20, spend: 10, basket: 10 }));
  expect(fitPurchases(buyersOf(steady)).status).toBe('no_convergence');
});

test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [-1], [1e12]])('somebody who spent %d is left out', basket => {
  expect(isUsableBuyer({ ...once, basket })).toBe(false);
});

test('too few people are told what is missing', () => {
  expect(trainBuying(histories.slice(0, 10), 350, 90)).toMatchObject({
    status: 'insufficient_data',
    reason: expect.stringContaining('10 of 200 people who bought something'),
  });
});
