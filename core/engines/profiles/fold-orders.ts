import { addDecimals, subtractDecimals } from '../../model/money.ts';
import type { Counters, Override } from '../../model/profile-state.ts';
import { revenueOf } from './order-revenue.ts';
import type { OrderChange } from './order-state.ts';

/**
 * Adds to counters what changes of orders make of them. An order adds the difference between what it is worth after and
 * before, so that any order and any grouping of purchases, repeats and refunds gives the same counters.
 */
export const foldOrders = (counters: Counters, changes: readonly OrderChange[], accountCurrency: string): Counters =>
  changes.reduce((folded, change) => foldOne(folded, change, accountCurrency), counters);

const foldOne = (counters: Counters, { before, after }: OrderChange, accountCurrency: string): Counters => {
  const [was, is] = [revenueOf(before), revenueOf(after)];
  const sums = new Map([[accountCurrency, counters.ltv], ...Object.entries(counters.otherCurrencies)]);
  if (was.currency) sums.set(was.currency, subtractDecimals(sums.get(was.currency) ?? '0', was.amount));
  if (is.currency) sums.set(is.currency, addDecimals(sums.get(is.currency) ?? '0', is.amount));
  const { [accountCurrency]: ltv = '0', ...others } = Object.fromEntries(sums);
  return {
    ...counters,
    purchases: counters.purchases + is.purchases - was.purchases,
    ltv,
    otherCurrencies: Object.fromEntries(Object.entries(others).filter(([, sum]) => sum !== '0')),
    overrides: foldOverrides(counters.overrides, { before, after }, accountCurrency),
  };
};

type Overrides = Counters['overrides'];

/** What a value set by hand has in it was received before: what an order adds to it is what it adds since. */
const foldOverrides = (overrides: Overrides, { before, after }: OrderChange, accountCurrency: string): Overrides => {
  const { ltv, purchaseCount } = overrides;
  if (!ltv && !purchaseCount) return overrides;
  const amountSince = (order: OrderChange['after'], at: number): string => {
    const [whole, then] = [revenueOf(order), revenueOf(order, at)].map(one =>
      one.currency === accountCurrency ? one.amount : '0',
    );
    return subtractDecimals(whole ?? '0', then ?? '0');
  };
  const countSince = (order: OrderChange['after'], at: number): number =>
    revenueOf(order).purchases - revenueOf(order, at).purchases;
  return {
    ...overrides,
    ...(ltv ? { ltv: addAmount(ltv, subtractDecimals(amountSince(after, ltv.at), amountSince(before, ltv.at))) } : {}),
    ...(purchaseCount
      ? {
          purchaseCount: addCount(
            purchaseCount,
            countSince(after, purchaseCount.at) - countSince(before, purchaseCount.at),
          ),
        }
      : {}),
  };
};

const addAmount = ({ plus, ...override }: Override, amount: string): Override => {
  const sum = addDecimals(String(plus ?? '0'), amount);
  return sum === '0' ? override : { ...override, plus: sum };
};

const addCount = ({ plus, ...override }: Override, count: number): Override => {
  const sum = Number(plus ?? 0) + count;
  return sum === 0 ? override : { ...override, plus: sum };
};
