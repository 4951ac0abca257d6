import * as z from 'zod';
import type { ProblemDetail } from '../errors.ts';
import { multiplyDecimals, PositiveDecimal, sumDecimals } from './money.ts';

const Item = z.object({ quantity: PositiveDecimal.default('1'), price: PositiveDecimal.optional() });

/** The lines of an order, or those of it that are given back. */
export const OrderLines = z.array(Item).max(500);

/** An order id becomes part of a key, which no U+10FFFF may stand in. */
export const OrderId = z
  .string()
  .min(1)
  .max(256)
  .refine(text => !text.includes('\u{10ffff}'), 'holds U+10FFFF, which is no character');

/** What the lines are worth; one without a price is worth nothing. */
export const sumLines = (lines: z.output<typeof OrderLines>): string =>
  sumDecimals(lines.map(line => multiplyDecimals(line.quantity, line.price ?? '0')));

/** What is wrong with the properties of an event, by a schema for them; paths relative to the event. */
export const checkProperties = (schema: z.ZodType, properties: Record<string, unknown>): ProblemDetail[] => {
  const { error } = schema.safeParse(properties);
  return (error?.issues ?? []).map(issue => ({
    path: ['properties', ...issue.path].join('.'),
    reason: issue.message,
  }));
};
