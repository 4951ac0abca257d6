import { joinOrders } from '../engines/profiles/order-state.ts';
import { emptyOrder, type OrderPurchase, type OrderState } from '../model/order.ts';
import { orderPlacesOf, type ProfileState } from '../model/profile-state.ts';
import type { OrderKey, ProfileStore } from '../ports/profile-store.ts';

interface CountTools {
  profiles: Pick<ProfileStore, 'orders' | 'seenMessages'>;
}

interface Part {
  orderId: string;
  order: OrderState;
  /** Kept by a commit, not before it. */
  isCommitted: boolean;
}

/**
 * What the counters of a profile have of these orders, wherever it and its members keep them. An owner may be kept
 * whose message was not folded yet: that part of an order is not counted.
 */
export const countedOrdersOf = async (
  orderIds: readonly string[],
  profile: ProfileState,
  { profiles }: CountTools,
): Promise<Map<string, OrderState>> => {
  const parts = await partsOf(orderIds, profile, profiles);
  const doubted = parts.flatMap(({ isCommitted, order: { purchase } }) =>
    isCommitted || !purchase ? [] : [messageOf(purchase)],
  );
  const [folded = new Map<string, string | undefined>()] =
    doubted.length === 0 ? [] : await profiles.seenMessages([{ profile, events: doubted }]);
  const counted = new Map<string, OrderState>();
  for (const { orderId, order, isCommitted } of parts) {
    if (!isCommitted && !folded.has(order.purchase?.messageId ?? '')) continue;
    counted.set(orderId, joinOrders(counted.get(orderId) ?? emptyOrder, order));
  }
  return counted;
};

const partsOf = async (
  orderIds: readonly string[],
  profile: ProfileState,
  profiles: CountTools['profiles'],
): Promise<Part[]> => {
  const asked = orderIds.flatMap(orderId =>
    orderPlacesOf(profile).map(({ id, since }): OrderKey => ({ profileId: id, orderId, since })),
  );
  if (asked.length === 0) return [];
  const orders = await profiles.orders(asked);
  return asked.flatMap(({ orderId, since }, index) => {
    const order = orders[index];
    return order ? [{ orderId, order, isCommitted: since !== undefined || order.refunds.length > 0 }] : [];
  });
};

const messageOf = ({ messageId, receivedAt }: OrderPurchase) => {
  const at = new Date(receivedAt).toISOString();
  return { messageId, timestamp: at, receivedAt: at };
};
