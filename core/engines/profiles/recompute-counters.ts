import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { type Counters, emptyCounters, type ProfileState } from '../../model/profile-state.ts';
import { addEvents } from './commit-events.ts';
import { orderChanges, type ToldOrders } from './order-state.ts';

/** Everything that a profile has folded, each message once. */
interface Past {
  events: readonly AcceptedEvent[];
  /** What the events tell of orders. */
  told: ToldOrders;
  /** When the profile, and whoever is a part of it, were created before they had events, epoch ms; else absent. */
  created?: { first: number; last: number } | undefined;
}

/**
 * What the counters of a profile must be by its events, and by what was set by hand: that is known from the counters
 * alone, and what was received since adds to it anew. Where profiles were merged it holds what the others had of their
 * own, too, and stays as it is.
 */
export const recomputeCounters = (
  { head }: ProfileState,
  { events, told, created }: Past,
  accountCurrency: string,
): Counters => {
  const times = events.map(event => Date.parse(event.timestamp));
  const start = emptyCounters(created?.first ?? Math.min(...times));
  const blank = { ...start, lastSeenAt: created?.last ?? start.lastSeenAt };
  const overrides = Object.fromEntries(
    Object.entries(head.counters.overrides).map(([field, { at, value }]) => [field, { at, value }]),
  );
  const recomputed = addEvents({ ...blank, overrides }, events, {
    orderChanges: orderChanges(told),
    accountCurrency,
  });
  const { scores } = head.counters;
  return {
    ...recomputed,
    ...(head.members ? { overrides: head.counters.overrides } : {}),
    ...(scores ? { scores } : {}),
  };
};
