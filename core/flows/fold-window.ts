import { blankProfile, commitEvents } from '../engines/profiles/commit-events.ts';
import { isTooLarge, makesLarger } from '../engines/profiles/profile-size.ts';
import { resolveSubjects, type Subject } from '../engines/profiles/resolve-subjects.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { matchKey } from '../model/identifier.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { checkPurchase } from '../model/purchase.ts';
import type { Quarantine } from '../ports/outlets.ts';
import { IdentifierTaken, ProfileChanged, type ProfileStore } from '../ports/profile-store.ts';
import { inLanes } from './in-lanes.ts';
import { firstOwners, ordersIn, repeatedOrders, takeOrders } from './own-orders.ts';

export interface FoldTools {
  profiles: ProfileStore;
  quarantine: Quarantine;
  accountCurrency: string;
  newId: (prefix: string) => string;
  now: () => Date;
}

/** What became of the events of a window: every one is in exactly one of these. */
export interface FoldOutcome {
  stored: number;
  duplicates: number;
  quarantined: number;
  /** Of erased people: counted, not kept. */
  refused: number;
  /** Lost too many races; to be tried again. */
  failed: AcceptedEvent[];
}

const roundsMax = 5;
const lanes = 32;

/**
 * Gives a window of events their effect, exactly once however often it comes: finds out whose they are, drops what was
 * folded before, folds the rest, and commits each profile by one conditional write. Whoever loses a race reads again.
 */
export const foldWindow = async (events: readonly AcceptedEvent[], tools: FoldTools): Promise<FoldOutcome> => {
  const outcome: FoldOutcome = { stored: 0, duplicates: 0, quarantined: 0, refused: 0, failed: [] };
  let pending = await setAside(events, whyAside, outcome, tools);
  for (let round = 0; round < roundsMax && pending.length > 0; round += 1) {
    pending = await foldRound(pending, outcome, tools);
  }
  return { ...outcome, failed: pending };
};

/** An event that can never be folded must not hold up the others. */
const whyAside = ({ quarantine, type, properties }: AcceptedEvent): string | undefined =>
  quarantine ?? (type === 'purchase' && checkPurchase(properties).length > 0 ? 'purchase_invalid' : undefined);

/** Keeps aside the events that have a reason to be; returns the others. */
const setAside = async (
  events: readonly AcceptedEvent[],
  reasonOf: (event: AcceptedEvent) => string | undefined,
  outcome: FoldOutcome,
  { quarantine }: FoldTools,
): Promise<AcceptedEvent[]> => {
  const judged = events.map(event => ({ event, reason: reasonOf(event) }));
  const aside = judged.flatMap(({ event, reason }) => (reason === undefined ? [] : [{ event, reason }]));
  if (aside.length > 0) await quarantine.add(aside);
  outcome.quarantined += aside.length;
  return judged.flatMap(({ event, reason }) => (reason === undefined ? [event] : []));
};

/** Returns the events of those who lost a race. */
const foldRound = async (
  events: readonly AcceptedEvent[],
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const owners = await tools.profiles.ownersOf(keysOf(events));
  const states = await statesOf(
    [...owners.values(), ...events.flatMap(event => event.profileId ?? [])],
    tools.profiles,
  );
  const named = await dropStrays(events, states, outcome, tools);
  const survivorOf = (id: string) => states.get(id)?.id ?? id;
  const subjects = resolveSubjects(
    named.map(event => (event.profileId === undefined ? event : { ...event, profileId: survivorOf(event.profileId) })),
    {
      ownerOf: key => {
        const owner = owners.get(key);
        return owner === undefined ? undefined : survivorOf(owner);
      },
      identifiersOf: id => states.get(id)?.person.identifiers ?? [],
    },
  );
  const lost = await inLanes(subjects, lanes, subject => foldSubject(subject, states, outcome, tools));
  const again = new Set(lost.flat().map(event => event.id));
  return named.filter(event => again.has(event.id));
};

const keysOf = (events: readonly AcceptedEvent[]): string[] => [
  ...new Set(events.flatMap(event => event.identifiers.map(matchKey))),
];

/** The profiles by the id they were asked for; a merged one is answered by its survivor. */
const statesOf = async (ids: readonly string[], profiles: ProfileStore): Promise<Map<string, ProfileState>> => {
  const states = await profiles.getMany([...new Set(ids)]);
  const survivors = [...states.values()].flatMap(({ head }) => (head.life === 'merged' ? (head.mergedInto ?? []) : []));
  if (survivors.length === 0) return states;
  const further = await statesOf(survivors, profiles);
  const merged = [...states].map(([id, state]): [string, ProfileState] => [
    id,
    further.get(state.head.mergedInto ?? '') ?? state,
  ]);
  return new Map([...further, ...merged]);
};

/**
 * Takes out events that name a profile which is not there or was erased, before anybody's identifiers are given to it:
 * an event of the same person that names none must not go the same way.
 */
const dropStrays = async (
  events: readonly AcceptedEvent[],
  states: ReadonlyMap<string, ProfileState>,
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const isStray = ({ profileId }: AcceptedEvent) => profileId !== undefined && !states.has(profileId);
  const found = await setAside(events, event => (isStray(event) ? notFound : undefined), outcome, tools);
  const kept = found.filter(({ profileId = '' }) => states.get(profileId)?.head.life !== 'erased');
  outcome.refused += found.length - kept.length;
  return kept;
};

const notFound = 'profile_not_found';

const foldSubject = async (
  { profileId, events, newIdentifiers }: Subject,
  states: ReadonlyMap<string, ProfileState>,
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const before = profileId === undefined ? newcomer(events, tools) : states.get(profileId);
  if (!before) return setAside(events, () => notFound, outcome, tools);
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
