import {
  joinOrders,
  type OrderChange,
  orderChanges,
  ownerOf,
  type ToldOrders,
} from '../engines/profiles/order-state.ts';
import { emptyOrder, type OrderPurchase, type OrderState } from '../model/order.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { countedOrdersOf } from './counted-orders.ts';

/** What a window makes of a profile's orders. */
export interface OwnedOrders {
  changes: OrderChange[];
  /** What must be kept together with the commit: of orders that were given back, or changed hands. */
  writes: Map<string, OrderState>;
}

interface OrderTools {
  profiles: ProfileStore;
  now: () => Date;
}

type Orders = ReadonlyMap<string, OrderState>;

/**
 * Finds out what the orders that a window tells of add to a profile. The usual one is placed by one message: this one
 * becomes its owner in the store before the commit, which a crash in between does not harm, since the message comes
 * again and is the owner then. Whatever else is told of an order is kept in the commit itself.
 */
export const ownOrdersIn = async (told: ToldOrders, profile: ProfileState, tools: OrderTools): Promise<OwnedOrders> => {
  if (profile.head.orderPlaces) return ownJointOrders(told, profile, tools);
  const isThere = profile.head.version > 0;
  const usual = isThere ? usualOwners(told) : new Map<string, OrderPurchase>();
  const kept = isThere ? await keptOrders(told, usual, profile.id, tools.profiles) : new Map<string, OrderState>();
  const counted = await countedOrders(told, kept, profile, tools);
  const writes = new Map<string, OrderState>();
  for (const [orderId, order] of told.named) {
    const was = kept.get(orderId);
    const after = joinOrders(counted.get(orderId) ?? emptyOrder, order);
    if (was ? !isSame(after, was) : !usual.has(orderId)) writes.set(orderId, after);
  }
  return { changes: orderChanges(told, counted), writes };
};

/**
 * The same for a profile with members: what any of them has of an order counts. All of it is kept in the commit, apart
 * from what each had before.
 */
const ownJointOrders = async (told: ToldOrders, profile: ProfileState, tools: OrderTools): Promise<OwnedOrders> => {
  const counted = await countedOrdersOf([...told.named.keys()], profile, tools);
  const after = [...told.named].map(([orderId, order]): [string, OrderState] => [
    orderId,
    joinOrders(counted.get(orderId) ?? emptyOrder, order),
  ]);
  const writes = new Map(after.filter(([orderId, order]) => !isSame(order, counted.get(orderId) ?? emptyOrder)));
  return { changes: orderChanges(told, counted), writes };
};

/** Of orders that are told of as placed, and as nothing else, the one who is to own each. */
const usualOwners = ({ named }: ToldOrders): Map<string, OrderPurchase> =>
  new Map(
    [...named].flatMap(([orderId, { purchase, refunds }]) =>
      purchase && refunds.length === 0 ? [[orderId, purchase] as const] : [],
    ),
  );

/** What is kept of the orders, but for those that belong to their usual owner from now on. */
const keptOrders = async (
  { named }: ToldOrders,
  usual: ReadonlyMap<string, OrderPurchase>,
  profileId: string,
  profiles: ProfileStore,
): Promise<Orders> => {
  const claims = [...usual].map(([orderId, purchase]) => ({ profileId, orderId, purchase }));
  const others = [...named.keys()].filter(orderId => !usual.has(orderId)).map(orderId => ({ profileId, orderId }));
  const [ofClaims, ofOthers] = await Promise.all([
    claims.length === 0 ? [] : profiles.ownOrders(claims),
    others.length === 0 ? [] : profiles.orders(others),
  ]);
  const asked = [...claims, ...others];
  return new Map(
    [...ofClaims, ...ofOthers].flatMap((order, index) => {
      const orderId = asked[index]?.orderId;
      return order && orderId !== undefined ? [[orderId, order] as const] : [];
    }),
  );
};

/** By then a message that is kept as an owner has been folded, or never will be: nothing waits this long. */
const waitingDaysMax = 60;
const dayMs = 86_400_000;

/**
 * What the counters have of the orders. An owner may be kept whose message was not folded yet: it is on its way, or comes
 * again after a crash. As long as another message only repeats the order that makes no difference, and an order that was
 * given back is kept by commits alone.
 */
const countedOrders = async (
  { named }: ToldOrders,
  kept: Orders,
  profile: ProfileState,
  { profiles, now }: OrderTools,
): Promise<Orders> => {
  const since = now().getTime() - waitingDaysMax * dayMs;
  const isDoubted = (orderId: string, { purchase, refunds }: OrderState): boolean =>
    purchase !== undefined &&
    refunds.length === 0 &&
    purchase.receivedAt > since &&
    !isRepeated(purchase, named.get(orderId) ?? emptyOrder);
  const doubted = new Map([...kept].filter(([orderId, order]) => isDoubted(orderId, order)));
  if (doubted.size === 0) return kept;
  const events = [...doubted.values()].flatMap(({ purchase }) => (purchase ? [messageOf(purchase)] : []));
  const [folded] = await profiles.seenMessages([{ profile, events }]);
  return new Map(
    [...kept].filter(
      ([orderId, { purchase }]) => !doubted.has(orderId) || folded?.has(purchase?.messageId ?? '') === true,
    ),
  );
};

const messageOf = ({ messageId, receivedAt }: OrderPurchase) => {
  const at = new Date(receivedAt).toISOString();
  return { messageId, timestamp: at, receivedAt: at };
};

/** Whether all that is told of an order comes by messages that own nothing of it. */
const isRepeated = (owner: OrderPurchase, { purchase, refunds }: OrderState): boolean =>
  refunds.length === 0 && owner.messageId !== purchase?.messageId && ownerOf(owner, purchase) === owner;

const isSame = (one: OrderState, other: OrderState): boolean =>
  one.purchase?.messageId === other.purchase?.messageId && one.refunds.length === other.refunds.length;
