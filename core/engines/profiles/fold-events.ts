import { addDecimals } from '../../model/money.ts';
import type { Counters, Override } from '../../model/profile-state.ts';

/** What one event adds to a profile. Times in epoch ms. */
export interface Contribution {
  at: number;
  receivedAt: number;
  /** Present for a purchase whose revenue counts (its order is not known from another message). */
  purchase?: { amount: string; currency: string };
}

/**
 * Adds events to counters. Commutative and associative: sums, minima and maxima only, so that any order and any
 * grouping of the same events give the same result. Repeats must have been dropped before.
 */
export const foldEvents = (
  counters: Counters,
  contributions: readonly Contribution[],
  accountCurrency: string,
): Counters => contributions.reduce((folded, contribution) => foldOne(folded, contribution, accountCurrency), counters);

const foldOne = (
  counters: Counters,
  { at, receivedAt, purchase }: Contribution,
  accountCurrency: string,
): Counters => ({
  ...counters,
  events: counters.events + 1,
  firstSeenAt: Math.min(counters.firstSeenAt, at),
  lastSeenAt: Math.max(counters.lastSeenAt, at),
  ...(purchase ? foldPurchase(counters, at, purchase, accountCurrency) : {}),
  overrides: foldOverrides(counters.overrides, { at, receivedAt, purchase }, accountCurrency),
});

const foldPurchase = (
  { purchases, ltv, otherCurrencies, lastPurchaseAt = 0 }: Counters,
  at: number,
  { amount, currency }: { amount: string; currency: string },
  accountCurrency: string,
): Partial<Counters> => ({
  purchases: purchases + 1,
  lastPurchaseAt: Math.max(lastPurchaseAt, at),
  ...(currency === accountCurrency
    ? { ltv: addDecimals(ltv, amount) }
    : { otherCurrencies: { ...otherCurrencies, [currency]: addDecimals(otherCurrencies[currency] ?? '0', amount) } }),
});

type Overrides = Counters['overrides'];

/** Events received after a value was set by hand add to it; earlier ones are in it already. */
const foldOverrides = (
  overrides: Overrides,
  { at, receivedAt, purchase }: { at: number; receivedAt: number; purchase: Contribution['purchase'] },
  accountCurrency: string,
): Overrides => {
  const later = (override: Override | undefined): override is Override =>
    override !== undefined && receivedAt > override.at;
  if (Object.keys(overrides).length === 0) return overrides;
  const next: Overrides = { ...overrides };
  if (later(overrides.firstSeenDate)) next.firstSeenDate = min(overrides.firstSeenDate, at);
  if (later(overrides.lastSeenDate)) next.lastSeenDate = max(overrides.lastSeenDate, at);
  if (purchase && later(overrides.lastPurchaseDate)) next.lastPurchaseDate = max(overrides.lastPurchaseDate, at);
  if (purchase && later(overrides.purchaseCount)) next.purchaseCount = plus(overrides.purchaseCount, 1);
  if (purchase && later(overrides.aov)) delete next.aov;
  if (purchase?.currency === accountCurrency && later(overrides.ltv)) {
    next.ltv = { ...overrides.ltv, plus: addDecimals(String(overrides.ltv.plus ?? '0'), purchase.amount) };
  }
  return next;
};

const plus = (override: Override, count: number): Override => ({
  ...override,
  plus: Number(override.plus ?? 0) + count,
});

const min = (override: Override, at: number): Override => ({
  ...override,
  plus: Math.min(Number(override.plus ?? at), at),
});

const max = (override: Override, at: number): Override => ({
  ...override,
  plus: Math.max(Number(override.plus ?? 0), at),
});
