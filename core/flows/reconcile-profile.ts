import { type Difference, differences } from '../engines/profiles/differences.ts';
import { joinOrders, ordersIn } from '../engines/profiles/order-state.ts';
import { recomputeCounters } from '../engines/profiles/recompute-counters.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { OrderState } from '../model/order.ts';
import { type Counters, orderPlacesOf, type ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';

interface ReconcileTools {
  profiles: ProfileStore;
  accountCurrency: string;
  now: () => Date;
}

export interface Reconciliation {
  profileId: string;
  /** False where events have expired, by which nothing can be recomputed. */
  complete: boolean;
  /** Where what is kept is not what the events come to. */
  differences: Difference[];
}

/** A transaction takes 100 writes: the head, and these. */
const ordersMax = 90;

/**
 * Recomputes what a profile keeps of its events: its counters, its orders, and which messages it knows. With `repair` it
 * keeps what was recomputed, orders first, so that a repair that is cut short is found and done again.
 *
 * @throws Problem `NOT_FOUND` @throws ProfileChanged when the profile goes on from under the repair
 */
export const reconcileProfile = async (
  id: string,
  { profiles, accountCurrency, now }: ReconcileTools,
  repair = false,
): Promise<Reconciliation> => {
  const state = await liveProfile(id, profiles);
  const { events, complete, created } = await profiles.history(state);
  if (!complete) return { profileId: state.id, complete, differences: [] };
  const told = ordersIn(events, accountCurrency);
  const counters = recomputeCounters(state, { events, told, created }, accountCurrency);
  const wrongOrders = await wrongOrdersOf(state, told.named, profiles);
  const found = [
    ...differences(state.head.counters, counters, 'counters'),
    ...wrongOrders.map(({ orderId, kept, must }) => ({ path: `orders.${orderId}`, kept, must })),
    ...(await forgotten(state, events, profiles)),
  ];
  if (repair && found.length > 0) await keep(state, counters, wrongOrders, { profiles, now });
  return { profileId: state.id, complete, differences: found };
};

interface WrongOrder {
  orderId: string;
  kept: OrderState | undefined;
  must: OrderState;
}

const wrongOrdersOf = async (
  state: ProfileState,
  told: ReadonlyMap<string, OrderState>,
  profiles: ProfileStore,
): Promise<WrongOrder[]> => {
  const kept = await keptOrdersOf([...told.keys()], state, profiles);
  const orders = [...told].map(([orderId, must]) => ({ orderId, kept: kept.get(orderId), must }));
  return orders.filter(order => differences(order.kept, order.must).length > 0);
};

/** What the profile and its members keep of each order, together. */
const keptOrdersOf = async (
  orderIds: readonly string[],
  state: ProfileState,
  profiles: ProfileStore,
): Promise<Map<string, OrderState>> => {
  const places = orderPlacesOf(state);
  const asked = orderIds.flatMap(orderId => places.map(({ id, since }) => ({ profileId: id, orderId, since })));
  const found = asked.length === 0 ? [] : await profiles.orders(asked);
  const kept = new Map<string, OrderState>();
  for (const [index, { orderId }] of asked.entries()) {
    const [order, known] = [found[index], kept.get(orderId)];
    if (order) kept.set(orderId, known ? joinOrders(known, order) : order);
  }
  return kept;
};

/** A message that the profile has folded and does not know would be folded again. */
const forgotten = async (
  state: ProfileState,
  events: readonly AcceptedEvent[],
  profiles: ProfileStore,
): Promise<Difference[]> => {
  const [known = new Set<string>()] = await profiles.seenMessages([{ profile: state, events }]);
  const unknown = events.filter(({ messageId }) => !known.has(messageId));
  return unknown.map(({ messageId }) => ({ path: `messages.${messageId}`, kept: undefined, must: 'known' }));
};

const keep = async (
  state: ProfileState,
  counters: Counters,
  wrong: readonly WrongOrder[],
  { profiles, now }: Pick<ReconcileTools, 'profiles' | 'now'>,
): Promise<void> => {
  let before = state;
  for (let done = 0; done === 0 || done < wrong.length; done += ordersMax) {
    const isLast = done + ordersMax >= wrong.length;
    const head = { ...before.head, version: before.head.version + 1, updatedAt: now().getTime() };
    const after = { ...before, head: isLast ? { ...head, counters } : head };
    const orders = new Map(wrong.slice(done, done + ordersMax).map(({ orderId, must }) => [orderId, must]));
    await profiles.commit({ before, after, orders });
    before = after;
  }
};
