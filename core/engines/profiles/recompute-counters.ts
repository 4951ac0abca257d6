import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { type Counters, emptyCounters, type ProfileState } from '../../model/profile-state.ts';
import { addEvents } from './commit-events.ts';
import { orderChanges, type ToldOrders } from './order-state.ts';

/** Everything that a profile has folded, each message once. */
interface Past {
  events: readonly AcceptedEvent[];
  /** What the events tell of orders. */
  told: ToldOrders;
  /** When the profile was created before it had events, epoch ms; else absent. */
  createdAt?: number | undefined;
}

/**
 * What the counters of a profile must be by its events, and by what was set by hand: that is known from the counters
 * alone, and what was received since adds to it anew. Where profiles were merged it holds what the others had of their
 * own, too, and stays as it is.
 */
export const recomputeCounters = (
  { head }: ProfileState,
  { events, told, createdAt }: Past,
  accountCurrency: string,
): Counters => {
  const times = events.map(event => Date.parse(event.timestamp));
  const start = createdAt ?? Math.min(...times);
  const overrides = Object.fromEntries(
    Object.entries(head.counters.overrides).map(([field, { at, value }]) => [field, { at, value }]),
  );
  const recomputed = addEvents({ ...emptyCounters(start), overrides }, events, {
    orderChanges: orderChanges(told),
    accountCurrency,
  });
  return head.members ? { ...recomputed, overrides: head.counters.overrides } : recomputed;
};
