import * as z from 'zod';
import type { ProblemDetail } from '../errors.ts';
import { Currency, PositiveDecimal } from './money.ts';
import { checkProperties, OrderId, OrderLines, sumLines } from './order-lines.ts';

const Purchase = z.object({
  orderId: OrderId.optional(),
  amount: PositiveDecimal.optional(),
  currency: Currency.optional(),
  items: OrderLines.optional(),
});

/** What a purchase is worth. `amount` is an exact decimal in `currency` (the account's when absent). */
export interface PurchaseValue {
  orderId?: string | undefined;
  amount: string;
  currency?: string | undefined;
}

/** What is wrong with the properties of a purchase; paths relative to the event. */
export const checkPurchase = (properties: Record<string, unknown>): ProblemDetail[] =>
  checkProperties(Purchase, properties);

/**
 * Reads a purchase: `amount` counts; items are summed only where it is absent.
 *
 * @example purchaseValue({ items: [{ quantity: 2, price: 124.995 }] }).amount // '249.99'
 */
export const purchaseValue = (properties: Record<string, unknown>): PurchaseValue => {
  const { orderId, amount, currency, items = [] } = Purchase.parse(properties);
  return { orderId, currency, amount: amount ?? sumLines(items) };
};
