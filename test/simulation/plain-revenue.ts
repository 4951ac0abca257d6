import type { AcceptedEvent } from '../../core/model/accepted-event.ts';

/** What purchases and refunds come to. Sums are decimals by currency; what comes to nothing is left out. */
export interface PlainRevenue {
  purchases: number;
  sums: Record<string, string>;
}

/** Amounts have at most three decimals, so that thousandths are whole numbers. */
const thousandths = (amount: unknown): number => Math.round(Number(amount) * 1000);

const groupsOf = (events: readonly AcceptedEvent[]): AcceptedEvent[][] => {
  const groups = new Map<unknown, AcceptedEvent[]>();
  for (const event of events) {
    const name = event.properties.orderId ?? event.messageId;
    groups.set(name, [...(groups.get(name) ?? []), event]);
  }
  return [...groups.values()];
};

const receivedFirst = (events: readonly AcceptedEvent[]): AcceptedEvent | undefined =>
  events.toSorted((left, right) => {
    const [a, b] = [`${left.receivedAt} ${left.messageId}`, `${right.receivedAt} ${right.messageId}`];
    return a < b ? -1 : 1;
  })[0];

/** What an order is worth in thousandths: of its purchases the one received first, less refunds in its currency. */
const worthOf = (order: readonly AcceptedEvent[]): { currency: string; worth: number } | undefined => {
  const owner = receivedFirst(order.filter(event => event.type === 'purchase'));
  if (!owner) return undefined;
  const currency = String(owner.properties.currency ?? 'USD');
  const amount = thousandths(owner.properties.amount);
  const back = order
    .filter(event => event.type === 'refund' && (event.properties.currency ?? currency) === currency)
    .map(event => (event.properties.amount === undefined ? amount : thousandths(event.properties.amount)));
  return { currency, worth: Math.max(0, amount - back.reduce((sum, one) => sum + one, 0)) };
};

/** A plain reading of all purchases and refunds that were received `until`: no order of arrival, no windows. */
export const plainRevenue = (events: readonly AcceptedEvent[], until = Number.POSITIVE_INFINITY): PlainRevenue => {
  const received = events.filter(event => Date.parse(event.receivedAt) <= until);
  const orders = groupsOf(received.filter(event => event.type === 'purchase' || event.type === 'refund'));
  const sums = new Map<string, number>();
  let purchases = 0;
  for (const order of orders) {
    const value = worthOf(order);
    if (!value) continue;
    purchases += 1;
    sums.set(value.currency, (sums.get(value.currency) ?? 0) + value.worth);
  }
  const some = [...sums].filter(([, sum]) => sum !== 0);
  return { purchases, sums: Object.fromEntries(some.map(([currency, sum]) => [currency, String(sum / 1000)])) };
};
