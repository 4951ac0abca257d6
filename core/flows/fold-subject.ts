import { blankProfile, commitEvents } from '../engines/profiles/commit-events.ts';
import { isTooLarge, makesLarger } from '../engines/profiles/profile-size.ts';
import type { Subject } from '../engines/profiles/resolve-subjects.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { IdentifierTaken, ProfileChanged, type ProfileStore } from '../ports/profile-store.ts';
import { firstOwners, ordersIn, repeatedOrders, takeOrders } from './own-orders.ts';
import { type FoldOutcome, type FoldTools, profileNotFound, setAside } from './set-aside.ts';

/** Gives the events of one subject their effect, and counts it; returns those who lost a race, to be tried again. */
export const foldSubject = async (
  { profileId, events, newIdentifiers }: Subject,
  states: ReadonlyMap<string, ProfileState>,
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const before = profileId === undefined ? newcomer(events, tools) : states.get(profileId);
  if (!before) return setAside(events, () => profileNotFound, outcome, tools);
  if (before.head.life === 'erased') {
    outcome.refused += events.length;
    return [];
  }
  try {
    const fresh = await dropRepeats(before, events, tools.profiles);
    const heavy = fresh.length > 0 ? await commitFresh(before, fresh, newIdentifiers, tools) : [];
    if (heavy.length > 0) return foldWithout(heavy, events, outcome, tools);
    outcome.stored += fresh.length;
    outcome.duplicates += events.length - fresh.length;
    return [];
  } catch (fault) {
    if (fault instanceof ProfileChanged || fault instanceof IdentifierTaken) return [...events];
    throw fault;
  }
};

/** Keeps aside what would make the profile larger than an item may be; the rest is tried again. */
const foldWithout = (
  heavy: readonly AcceptedEvent[],
  events: readonly AcceptedEvent[],
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const ids = new Set(heavy.map(event => event.messageId));
  return setAside(events, event => (ids.has(event.messageId) ? 'profile_too_large' : undefined), outcome, tools);
};

const newcomer = (events: readonly AcceptedEvent[], { newId, now }: FoldTools): ProfileState => {
  const firstSeenAt = Math.min(...events.map(event => Date.parse(event.timestamp)));
  return blankProfile(newId('profile'), now().getTime(), firstSeenAt);
};

const dropRepeats = async (
  profile: ProfileState,
  events: readonly AcceptedEvent[],
  profiles: ProfileStore,
): Promise<AcceptedEvent[]> => {
  const first = new Map<string, AcceptedEvent>();
  for (const event of events) if (!first.has(event.messageId)) first.set(event.messageId, event);
  if (profile.head.version === 0) return [...first.values()];
  const seen = await profiles.seenMessages(profile, [...first.keys()]);
  return [...first.values()].filter(event => !seen.has(event.messageId));
};

/** Commits the events, or returns those that the profile has no room for and commits none. */
const commitFresh = async (
  before: ProfileState,
  events: readonly AcceptedEvent[],
  newIdentifiers: Subject['newIdentifiers'],
  { profiles, accountCurrency, now }: FoldTools,
): Promise<AcceptedEvent[]> => {
  const orders = ordersIn(events);
  const owners = before.head.version === 0 ? firstOwners(orders) : await takeOrders(before.id, orders, profiles);
  const repeated = repeatedOrders(orders, owners);
  const context = { accountCurrency, repeatedOrders: repeated, newIdentifiers, now: now().getTime() };
  const after = commitEvents(before, events, context);
  const heavy = isTooLarge(after) ? events.filter(makesLarger) : [];
  if (heavy.length === 0) await profiles.commit({ before, after, events, orders: owners });
  return heavy;
};
