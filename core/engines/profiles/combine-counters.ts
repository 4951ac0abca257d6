import { addDecimals, isNegativeDecimal, subtractDecimals } from '../../model/money.ts';
import { emptyOrder, type OrderState } from '../../model/order.ts';
import type { ComputedPatch } from '../../model/profile.ts';
import type { Counters, Override } from '../../model/profile-state.ts';
import { combineDays } from './count-day.ts';
import { foldOrders } from './fold-orders.ts';
import { revenueOf } from './order-revenue.ts';
import { joinOrders } from './order-state.ts';

/** An order that both have, as the counters of each have it. */
export interface SharedOrder {
  one: OrderState;
  other: OrderState;
}

/**
 * What two people who are one add up to: everything once, also an order that both have. A value set by hand on either
 * side holds as far as it reaches, and what the other one has is added to it.
 */
export const combineCounters = (
  one: Counters,
  other: Counters,
  shared: readonly SharedOrder[],
  accountCurrency: string,
): Counters => {
  const purchaseTimes = [one.lastPurchaseAt, other.lastPurchaseAt].filter(at => at !== undefined);
  const newestDay = combineDays(one.newestDay, other.newestDay);
  const sum: Counters = {
    events: one.events + other.events,
    purchases: one.purchases + other.purchases,
    ltv: addDecimals(one.ltv, other.ltv),
    otherCurrencies: addEach(one.otherCurrencies, other.otherCurrencies),
    firstSeenAt: Math.min(one.firstSeenAt, other.firstSeenAt),
    lastSeenAt: Math.max(one.lastSeenAt, other.lastSeenAt),
    ...(purchaseTimes.length === 0 ? {} : { lastPurchaseAt: Math.max(...purchaseTimes) }),
    ...(newestDay ? { newestDay } : {}),
    overrides: {},
    ...newestScores(one, other),
  };
  const changes = shared.flatMap(order => [
    { before: order.one, after: emptyOrder },
    { before: order.other, after: joinOrders(order.one, order.other) },
  ]);
  const overrides = combineOverrides(one, other, overlapOf(shared, accountCurrency));
  return { ...foldOrders(sum, changes, accountCurrency), overrides };
};

/** Until the next night tells what they are together. */
const newestScores = ({ scores: left }: Counters, { scores: right }: Counters): Pick<Counters, 'scores'> => {
  const scores = left && (!right || left.at >= right.at) ? left : right;
  return scores ? { scores } : {};
};

const addEach = (one: Record<string, string>, other: Record<string, string>): Record<string, string> => {
  const sums = { ...one };
  for (const [currency, amount] of Object.entries(other)) sums[currency] = addDecimals(sums[currency] ?? '0', amount);
  return sums;
};

interface Overlap {
  amount: string;
  purchases: number;
}

/** What is in both, and so would count twice. */
const overlapOf = (shared: readonly SharedOrder[], accountCurrency: string): Overlap => {
  const amountOf = (order: OrderState) => {
    const { amount, currency } = revenueOf(order);
    return currency === accountCurrency ? amount : '0';
  };
  return shared.reduce(
    ({ amount, purchases }, { one, other }) => {
      const both = joinOrders(one, other);
      const counted = revenueOf(one).purchases + revenueOf(other).purchases - revenueOf(both).purchases;
      const twice = subtractDecimals(addDecimals(amountOf(one), amountOf(other)), amountOf(both));
      return { amount: addDecimals(amount, twice), purchases: purchases + counted };
    },
    { amount: '0', purchases: 0 },
  );
};

type Field = keyof ComputedPatch;
type Overrides = Counters['overrides'];

const withPlus = (override: Override, plus: string | number | undefined): Override => {
  const { plus: _plus, ...rest } = override;
  return plus === undefined || plus === '0' || plus === 0 ? rest : { ...rest, plus };
};

/** Both hold as of the later time; where one side has none, what its events came to stands in for its value. */
const combineOverrides = (one: Counters, other: Counters, overlap: Overlap): Overrides => {
  const combined: Overrides = {};
  const sides = (field: Field, folded: (counters: Counters) => string | number | undefined) => {
    const [left, right] = [one.overrides[field], other.overrides[field]];
    if (!left && !right) return undefined;
    const values = [left ? left.value : folded(one), right ? right.value : folded(other)];
    const at = Math.max(left?.at ?? 0, right?.at ?? 0);
    return {
      at,
      values: values.filter(value => value !== undefined),
      pluses: [left?.plus, right?.plus].filter(plus => plus !== undefined),
    };
  };
  const ltv = sides('ltv', ({ ltv: sum }) => sum);
  if (ltv) {
    const total = subtractDecimals(sumOf(ltv.values), overlap.amount);
    combined.ltv = withPlus({ at: ltv.at, value: isNegativeDecimal(total) ? '0' : total }, sumOf(ltv.pluses));
  }
  const count = sides('purchaseCount', ({ purchases }) => purchases);
  if (count) {
    const total = Number(sumOf(count.values)) - overlap.purchases;
    combined.purchaseCount = withPlus({ at: count.at, value: Math.max(0, total) }, Number(sumOf(count.pluses)));
  }
  const first = sides('firstSeenDate', ({ firstSeenAt }) => firstSeenAt);
  if (first) combined.firstSeenDate = spread(first, Math.min);
  const last = sides('lastSeenDate', ({ lastSeenAt }) => lastSeenAt);
  if (last) combined.lastSeenDate = spread(last, Math.max);
  const bought = sides('lastPurchaseDate', ({ lastPurchaseAt }) => lastPurchaseAt);
  if (bought) combined.lastPurchaseDate = spread(bought, Math.max);
  return { ...combined, ...scoresOf(one, other), ...averageOf(one, other) };
};

const sumOf = (values: readonly (string | number)[]): string =>
  values.reduce<string>((sum, value) => addDecimals(sum, String(value)), '0');

const spread = (
  { at, values, pluses }: { at: number; values: readonly (string | number)[]; pluses: readonly (string | number)[] },
  choose: (...times: number[]) => number,
): Override => {
  const override = { at, value: choose(...values.map(Number)) };
  return pluses.length === 0 ? override : { ...override, plus: choose(...pluses.map(Number)) };
};

/** Of scores the one that was set last. */
const scoresOf = (one: Counters, other: Counters): Overrides =>
  Object.fromEntries(
    (['churnRisk', 'engagementScore', 'ltv12m', 'purchasePropensity'] as const).flatMap(field => {
      const [left, right] = [one.overrides[field], other.overrides[field]];
      const newest = left && (!right || left.at >= right.at) ? left : right;
      return newest ? [[field, newest]] : [];
    }),
  );

/** An average holds until something else is bought, by whomever. */
const averageOf = (one: Counters, other: Counters): Overrides => {
  const [left, right] = [one.overrides.aov, other.overrides.aov];
  if (left && other.purchases === 0 && !right) return { aov: left };
  return right && one.purchases === 0 && !left ? { aov: right } : {};
};
