import * as z from 'zod';
import type { ProblemDetail } from '../errors.ts';
import { Currency, PositiveDecimal } from './money.ts';
import { checkProperties, OrderId, OrderLines, sumLines } from './order-lines.ts';

const Refund = z.object({
  orderId: OrderId,
  amount: PositiveDecimal.optional(),
  currency: Currency.optional(),
  items: OrderLines.optional(),
});

/** What a refund gives back of an order. `amount` is an exact decimal; absent, it is all that the order was worth. */
export interface RefundValue {
  orderId: string;
  amount?: string | undefined;
  /** The order's own when absent. */
  currency?: string | undefined;
}

/** What is wrong with the properties of a refund; paths relative to the event. */
export const checkRefund = (properties: Record<string, unknown>): ProblemDetail[] =>
  checkProperties(Refund, properties);

/**
 * Reads a refund: `amount` counts; items are summed only where it is absent; with neither, the whole order is given back.
 *
 * @example refundValue({ orderId: 'ORD-789', items: [{ price: 124.995 }] }).amount // '124.995'
 */
export const refundValue = (properties: Record<string, unknown>): RefundValue => {
  const { orderId, amount, currency, items } = Refund.parse(properties);
  return { orderId, currency, amount: amount ?? (items && sumLines(items)) };
};
