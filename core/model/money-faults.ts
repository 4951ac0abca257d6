import type { ProblemDetail } from '../errors.ts';
import { checkPurchase } from './purchase.ts';
import { checkRefund } from './refund.ts';

const checks: ReadonlyMap<string, (properties: Record<string, unknown>) => ProblemDetail[]> = new Map([
  ['purchase', checkPurchase],
  ['refund', checkRefund],
]);

/** What is wrong with the money that an event tells of; paths relative to the event. Most types tell of none. */
export const moneyFaults = (type: string, properties: Record<string, unknown>): ProblemDetail[] =>
  checks.get(type)?.(properties) ?? [];
