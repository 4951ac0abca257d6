import type { Buyer } from './buyers.ts';

/**
 * BG/NBD (Fader, Hardie & Lee 2005, "Counting Your Customers" the Easy Way): people buy at rates spread as a gamma
 * distribution (`r`, `alpha`, the latter in weeks), and after each purchase are gone for good with probabilities spread
 * as a beta distribution (`a`, `b`).
 */
export interface PurchaseModel {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

type Times = Pick<Buyer, 'frequency' | 'recency' | 'age'>;

/** The summands of the series end where they tell nothing more. */
const [precision, summandsMax] = [1e-12, 20_000];

/**
 * (₂F₁(p, d; c; z) − 1) / d for d = a − 1, which is 0 where a is 1: so that nothing is divided by nothing there.
 */
const seriesRest = (p: number, a: number, c: number, z: number): number => {
  let summand = (p * z) / c;
  let sum = summand;
  for (let n = 1; n < summandsMax && Math.abs(summand) > precision * Math.abs(sum); n += 1) {
    summand *= ((p + n) * (a + n - 1) * z) / ((c + n) * (n + 1));
    sum += summand;
  }
  return sum;
};

/** How likely somebody is still a customer. */
export const chanceAlive = ({ r, alpha, a, b }: PurchaseModel, { frequency: x, recency, age }: Times): number =>
  x === 0 ? 1 : 1 / (1 + (a / (b + x - 1)) * Math.exp((r + x) * Math.log((alpha + age) / (alpha + recency))));

/**
 * How many purchases are expected of somebody in so many weeks to come. The paper's equation (10), by Euler's
 * transformation in a form that converges for whoever bought often, and holds where a is 1.
 */
export const expectedPurchases = (model: PurchaseModel, buyer: Times, weeks: number): number => {
  const { r, alpha, a, b } = model;
  const { frequency: x, age } = buyer;
  const z = weeks / (alpha + age + weeks);
  const logLeft = Math.log1p(-z);
  const shrunk = a === 1 ? -logLeft : -Math.expm1((a - 1) * logLeft) / (a - 1);
  const rest = Math.exp((a - 1) * logLeft) * seriesRest(a + b - 1 - r, a, a + b + x - 1, z);
  return Math.max(0, (a + b + x - 1) * (shrunk - rest) * chanceAlive(model, buyer));
};

/** How likely somebody buys nothing in so many weeks to come: gone already, or alive and waiting. */
export const chanceOfNothing = (model: PurchaseModel, buyer: Times, weeks: number): number => {
  const { r, alpha } = model;
  const { frequency: x, age } = buyer;
  const waits = Math.exp((r + x) * Math.log((alpha + age) / (alpha + age + weeks)));
  const alive = chanceAlive(model, buyer);
  return 1 - alive + alive * waits;
};

/** How many repeat purchases are expected of a new customer in the first so many weeks: the paper's equation (9). */
export const expectedOfNewcomer = (model: PurchaseModel, weeks: number): number =>
  expectedPurchases(model, { frequency: 0, recency: 0, age: 0 }, weeks);
