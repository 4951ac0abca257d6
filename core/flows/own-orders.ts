import type { AcceptedEvent } from '../model/accepted-event.ts';
import { purchaseValue } from '../model/purchase.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { inLanes } from './in-lanes.ts';

const lanes = 8;

/** The messages that bring each order, in their order. */
export type OrderMessages = ReadonlyMap<string, readonly string[]>;

export const ordersIn = (events: readonly AcceptedEvent[]): OrderMessages => {
  const orders = new Map<string, string[]>();
  for (const event of events) {
    const orderId = orderOf(event);
    if (orderId === undefined) continue;
    const messages = orders.get(orderId);
    if (messages) messages.push(event.messageId);
    else orders.set(orderId, [event.messageId]);
  }
  return orders;
};

const orderOf = ({ type, properties }: AcceptedEvent): string | undefined =>
  type === 'purchase' ? purchaseValue(properties).orderId : undefined;

/** Of a profile that is not there yet the first message of each order is its owner. */
export const firstOwners = (orders: OrderMessages): Map<string, string> =>
  new Map([...orders].flatMap(([orderId, [first]]) => (first === undefined ? [] : [[orderId, first]])));

/** Whose message owns each order, as far as it is one of these: the first one to have asked, now or in an earlier try. */
export const takeOrders = async (
  profileId: string,
  orders: OrderMessages,
  profiles: ProfileStore,
): Promise<Map<string, string>> => {
  const owned = new Map<string, string>();
  await inLanes([...orders], lanes, async ([orderId, messages]) => {
    for (const messageId of messages) {
      if (owned.has(orderId) || !(await profiles.ownOrder(profileId, orderId, messageId))) continue;
      owned.set(orderId, messageId);
    }
  });
  return owned;
};

/** Messages whose order another message owns: they are kept, but their revenue does not count. */
export const repeatedOrders = (orders: OrderMessages, owners: ReadonlyMap<string, string>): Set<string> =>
  new Set([...orders].flatMap(([orderId, messages]) => messages.filter(one => one !== owners.get(orderId))));
