import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { emptyOrder, type OrderPurchase, type OrderRefund, type OrderState } from '../../model/order.ts';
import { purchaseValue } from '../../model/purchase.ts';
import { refundValue } from '../../model/refund.ts';

interface Received {
  messageId: string;
  receivedAt: number;
}

/** Whether one message was received before the other; a tie goes to the smaller id. */
const isEarlier = (one: Received, other: Received): boolean =>
  one.receivedAt < other.receivedAt || (one.receivedAt === other.receivedAt && one.messageId < other.messageId);

/** Of several messages that tell of one order the one that was received first owns its revenue. */
export const ownerOf = (
  one: OrderPurchase | undefined,
  other: OrderPurchase | undefined,
): OrderPurchase | undefined => {
  if (!one || !other) return one ?? other;
  return isEarlier(other, one) ? other : one;
};

/** All refunds, each message once. */
const unionOf = (one: readonly OrderRefund[], other: readonly OrderRefund[]): readonly OrderRefund[] => {
  if (other.length === 0) return one;
  const refunds = new Map([...one, ...other].map(refund => [refund.messageId, refund]));
  return [...refunds.values()].sort((left, right) => (isEarlier(left, right) ? -1 : 1));
};

/** What two readings of an order tell together. Commutative, associative, and saying a thing twice changes nothing. */
export const joinOrders = (one: OrderState, other: OrderState): OrderState => {
  const purchase = ownerOf(one.purchase, other.purchase);
  return { ...(purchase ? { purchase } : {}), refunds: unionOf(one.refunds, other.refunds) };
};

const received = ({ messageId, receivedAt }: AcceptedEvent): Received => ({
  messageId,
  receivedAt: Date.parse(receivedAt),
});

/** What a message tells of an order; a purchase that names none is an order of its own. */
const toldBy = (event: AcceptedEvent, accountCurrency: string): { orderId?: string; order: OrderState } | undefined => {
  if (event.type === 'purchase') {
    const { orderId, amount, currency = accountCurrency } = purchaseValue(event.properties);
    const order = { ...emptyOrder, purchase: { ...received(event), amount, currency } };
    return orderId === undefined ? { order } : { orderId, order };
  }
  if (event.type !== 'refund') return undefined;
  const { orderId, amount, currency } = refundValue(event.properties);
  const refund = {
    ...received(event),
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency }),
  };
  return { orderId, order: { refunds: [refund] } };
};

/** What events tell of orders. */
export interface ToldOrders {
  /** By order id. */
  named: Map<string, OrderState>;
  unnamed: OrderState[];
}

/** Reads what events tell of orders, in whatever order they come. */
export const ordersIn = (events: readonly AcceptedEvent[], accountCurrency: string): ToldOrders => {
  const told: ToldOrders = { named: new Map(), unnamed: [] };
  for (const event of events) {
    const { orderId, order } = toldBy(event, accountCurrency) ?? {};
    if (!order) continue;
    if (orderId === undefined) told.unnamed.push(order);
    else told.named.set(orderId, joinOrders(told.named.get(orderId) ?? emptyOrder, order));
  }
  return told;
};

/** The order that an event tells of by its id. */
export const orderIdOf = ({ type, properties }: AcceptedEvent): string | undefined => {
  if (type === 'purchase') return purchaseValue(properties).orderId;
  return type === 'refund' ? refundValue(properties).orderId : undefined;
};

/** An order as the counters have it, and as they are to have it. */
export interface OrderChange {
  before: OrderState;
  after: OrderState;
}

/** What becomes of orders; `counted` tells what the counters have of them by order id, nothing where it is absent. */
export const orderChanges = (
  { named, unnamed }: ToldOrders,
  counted: ReadonlyMap<string, OrderState> = new Map(),
): OrderChange[] => [
  ...unnamed.map(after => ({ before: emptyOrder, after })),
  ...[...named].map(([orderId, order]) => {
    const before = counted.get(orderId) ?? emptyOrder;
    return { before, after: joinOrders(before, order) };
  }),
];
