import { addDecimals, isNegativeDecimal, subtractDecimals } from '../../model/money.ts';
import type { OrderState } from '../../model/order.ts';

/** What an order adds to a profile; `amount` is an exact decimal. */
export interface Revenue {
  purchases: 0 | 1;
  amount: string;
  /** Absent where the order was not placed. */
  currency?: string;
}

/**
 * What an order adds, as far as it was received `until` (epoch ms, included): what it was worth less what was given back,
 * and never less than nothing. A refund in another currency than the order's takes nothing from it. An order that was
 * given back was placed all the same.
 *
 * @example revenueOf({ purchase: { amount: '10', … }, refunds: [{ amount: '4', … }] }).amount // '6'
 */
export const revenueOf = ({ purchase, refunds }: OrderState, until = Number.POSITIVE_INFINITY): Revenue => {
  if (!purchase || purchase.receivedAt > until) return { purchases: 0, amount: '0' };
  const { amount, currency } = purchase;
  const given = refunds.filter(refund => refund.receivedAt <= until && (refund.currency ?? currency) === currency);
  const back = given.reduce((sum, refund) => addDecimals(sum, refund.amount ?? amount), '0');
  const left = subtractDecimals(amount, back);
  return { purchases: 1, amount: isNegativeDecimal(left) ? '0' : left, currency };
};
