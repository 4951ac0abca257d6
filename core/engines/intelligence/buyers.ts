import type { PurchaseDay } from '../../model/customer-history.ts';

/** Everybody who has bought something, as of a moment, one place in each column for each; times in weeks. */
export interface Buyers {
  /** On how many further days each bought, after the day of the first purchase. */
  frequency: Float64Array;
  /** From the first purchase to the last one; 0 without a repeat. */
  recency: Float64Array;
  /** From the first purchase until now. */
  age: Float64Array;
  /** The mean of what a repeat day brought; 0 without a repeat. */
  spend: Float64Array;
  /** The mean of what every day of purchase brought, the first one, too. */
  basket: Float64Array;
}

export const daysPerWeek = 7;

export const emptyBuyers = (count: number): Buyers => ({
  frequency: new Float64Array(count),
  recency: new Float64Array(count),
  age: new Float64Array(count),
  spend: new Float64Array(count),
  basket: new Float64Array(count),
});

/** One person among them. */
export interface Buyer {
  frequency: number;
  recency: number;
  age: number;
  spend: number;
  basket: number;
}

export const buyerAt = ({ frequency, recency, age, spend, basket }: Buyers, place: number): Buyer => ({
  frequency: frequency[place] ?? 0,
  recency: recency[place] ?? 0,
  age: age[place] ?? 0,
  spend: spend[place] ?? 0,
  basket: basket[place] ?? 0,
});

/**
 * What somebody's purchases up to and on a day come to, and what they bought after it; `undefined` for whoever had
 * bought nothing by then. Purchases are by day, one entry a day, in the order of days.
 */
export const buyerAsOf = (purchases: readonly PurchaseDay[], day: number): Buyer | undefined => {
  const [first, ...later] = purchases.filter(purchase => purchase.day <= day);
  if (!first) return undefined;
  const last = later.at(-1) ?? first;
  const brought = later.reduce((sum, { amount }) => sum + amount, 0);
  return {
    frequency: later.length,
    recency: (last.day - first.day) / daysPerWeek,
    age: (day - first.day) / daysPerWeek,
    spend: later.length === 0 ? 0 : Math.max(0, brought / later.length),
    basket: Math.max(0, (first.amount + brought) / (later.length + 1)),
  };
};

/** Columns of single people. */
export const buyersOf = (people: readonly Buyer[]): Buyers => ({
  frequency: Float64Array.from(people, ({ frequency }) => frequency),
  recency: Float64Array.from(people, ({ recency }) => recency),
  age: Float64Array.from(people, ({ age }) => age),
  spend: Float64Array.from(people, ({ spend }) => spend),
  basket: Float64Array.from(people, ({ basket }) => basket),
});

/** What cannot be of anybody: no number, negative, or later than now. */
export const isUsableBuyer = ({ frequency, recency, age, spend, basket }: Buyer): boolean =>
  [frequency, recency, age, spend, basket].every(value => Number.isFinite(value) && value >= 0 && value <= 1e9) &&
  recency <= age &&
  frequency > 0 === recency > 0;
