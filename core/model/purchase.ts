import * as z from 'zod';
import type { ProblemDetail } from '../errors.ts';
import { Currency, multiplyDecimals, PositiveDecimal, sumDecimals } from './money.ts';

const Item = z.object({ quantity: PositiveDecimal.default('1'), price: PositiveDecimal.optional() });
/** An order id becomes part of a key, which no U+10FFFF may stand in. */
const OrderId = z
  .string()
  .min(1)
  .max(256)
  .refine(text => !text.includes('\u{10ffff}'), 'holds U+10FFFF, which is no character');
const Purchase = z.object({
  orderId: OrderId.optional(),
  amount: PositiveDecimal.optional(),
  currency: Currency.optional(),
  items: z.array(Item).max(500).optional(),
});

/** What a purchase is worth. `amount` is an exact decimal in `currency` (the account's when absent). */
export interface PurchaseValue {
  orderId?: string | undefined;
  amount: string;
  currency?: string | undefined;
}

/** What is wrong with the properties of a purchase; paths relative to the event. */
export const checkPurchase = (properties: Record<string, unknown>): ProblemDetail[] => {
  const { error } = Purchase.safeParse(properties);
  return (error?.issues ?? []).map(issue => ({
    path: ['properties', ...issue.path].join('.'),
    reason: issue.message,
  }));
};

/**
 * Reads a purchase: `amount` counts; items are summed only where it is absent.
 *
 * @example purchaseValue({ items: [{ quantity: 2, price: 124.995 }] }).amount // '249.99'
 */
export const purchaseValue = (properties: Record<string, unknown>): PurchaseValue => {
  const { orderId, amount, currency, items = [] } = Purchase.parse(properties);
  const lines = () => sumDecimals(items.map(item => multiplyDecimals(item.quantity, item.price ?? '0')));
  return { orderId, currency, amount: amount ?? lines() };
};
