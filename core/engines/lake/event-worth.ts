import type { AcceptedEvent } from '../../model/accepted-event.ts';
import type { LakeEvent } from '../../model/lake-event.ts';
import { minorUnits } from '../../model/minor-units.ts';
import { purchaseValue } from '../../model/purchase.ts';
import { refundValue } from '../../model/refund.ts';

type Worth = Pick<LakeEvent, 'orderId' | 'amount' | 'amountMinor' | 'currency'>;

const readers: Readonly<Record<string, (properties: Record<string, unknown>) => Told>> = {
  purchase: purchaseValue,
  refund: refundValue,
};

interface Told {
  orderId?: string | undefined;
  amount?: string | undefined;
  currency?: string | undefined;
}

/** What a purchase brought or a refund gave back, as far as the event tells; nothing for every other event. */
export const eventWorth = (
  { type, properties }: Pick<AcceptedEvent, 'type' | 'properties'>,
  accountCurrency: string,
): Worth => {
  const { orderId = null, amount, currency = accountCurrency } = readers[type]?.(properties) ?? {};
  if (amount === undefined) return { orderId, amount: null, amountMinor: null, currency: null };
  return { orderId, amount, amountMinor: minorUnits(amount, currency) ?? null, currency };
};
