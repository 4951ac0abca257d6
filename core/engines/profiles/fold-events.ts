import type { Counters, Override } from '../../model/profile-state.ts';
import { countDay } from './count-day.ts';

/** What one event tells, whatever it is about. Times in epoch ms. */
export interface Contribution {
  at: number;
  receivedAt: number;
  type: string;
}

/**
 * Adds events to counters, but for the money that they tell of. Commutative and associative: sums, minima and maxima
 * only, so that any order and any grouping of the same events give the same result. Repeats must have been dropped
 * before. A purchase dates the last one also where it repeats an order.
 */
export const foldEvents = (counters: Counters, contributions: readonly Contribution[]): Counters =>
  contributions.reduce(foldOne, counters);

const foldOne = (counters: Counters, contribution: Contribution): Counters => {
  const { at, type } = contribution;
  return {
    ...counters,
    events: counters.events + 1,
    firstSeenAt: Math.min(counters.firstSeenAt, at),
    lastSeenAt: Math.max(counters.lastSeenAt, at),
    ...(type === 'purchase' ? { lastPurchaseAt: Math.max(counters.lastPurchaseAt ?? 0, at) } : {}),
    newestDay: countDay(counters.newestDay, type, at),
    overrides: foldOverrides(counters.overrides, contribution),
  };
};

type Overrides = Counters['overrides'];

/** Events received after a value was set by hand move it; earlier ones are in it already. */
const foldOverrides = (overrides: Overrides, { at, receivedAt, type }: Contribution): Overrides => {
  const later = (override: Override | undefined): override is Override =>
    override !== undefined && receivedAt > override.at;
  if (Object.keys(overrides).length === 0) return overrides;
  const next: Overrides = { ...overrides };
  if (later(overrides.firstSeenDate)) next.firstSeenDate = min(overrides.firstSeenDate, at);
  if (later(overrides.lastSeenDate)) next.lastSeenDate = max(overrides.lastSeenDate, at);
  if (type === 'purchase' && later(overrides.lastPurchaseDate)) {
    next.lastPurchaseDate = max(overrides.lastPurchaseDate, at);
  }
  if ((type === 'purchase' || type === 'refund') && later(overrides.aov)) delete next.aov;
  return next;
};

const min = (override: Override, at: number): Override => ({
  ...override,
  plus: Math.min(Number(override.plus ?? at), at),
});

const max = (override: Override, at: number): Override => ({
  ...override,
  plus: Math.max(Number(override.plus ?? 0), at),
});
