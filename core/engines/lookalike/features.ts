/** What is known of a person. Times in epoch ms. */
export interface Behaviour {
  events: number;
  purchases: number;
  /** In the account currency. */
  revenue: number;
  lastPurchaseAt?: number | undefined;
  firstSeenAt: number;
  lastSeenAt: number;
}

/** Recency, frequency, monetary value, mean order, events, tenure, last visit, events a day. */
export const featureCount = 8;

const dayMilliseconds = 86_400_000;
const daysMax = 3650;

const daysSince = (at: number | undefined, now: number): number =>
  at === undefined ? daysMax : Math.min(Math.max((now - at) / dayMilliseconds, 0), daysMax);

/**
 * A person as a point. Counts, amounts and times differ by magnitudes, so that their logarithms are compared; who never
 * bought is as far away as who bought ten years ago.
 */
export const featuresOf = (
  { events, purchases, revenue, lastPurchaseAt, firstSeenAt, lastSeenAt }: Behaviour,
  now: number,
): Float64Array => {
  const [tenure, lastSeen] = [daysSince(firstSeenAt, now), daysSince(lastSeenAt, now)];
  const spent = Math.max(revenue, 0);
  return Float64Array.of(
    Math.log1p(daysSince(lastPurchaseAt, now)),
    Math.log1p(purchases),
    Math.log1p(spent),
    Math.log1p(purchases === 0 ? 0 : spent / purchases),
    Math.log1p(events),
    Math.log1p(tenure),
    Math.log1p(lastSeen),
    Math.log1p(events / (tenure + 1)),
  );
};
