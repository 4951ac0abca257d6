import { blankProfile, commitEvents } from '../engines/profiles/commit-events.ts';
import { resolveSubjects, type Subject } from '../engines/profiles/resolve-subjects.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { matchKey } from '../model/identifier.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { purchaseValue } from '../model/purchase.ts';
import type { Quarantine } from '../ports/outlets.ts';
import { IdentifierTaken, ProfileChanged, type ProfileStore } from '../ports/profile-store.ts';
import { inLanes } from './in-lanes.ts';

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
  await setAside(
    events.filter(event => event.quarantine !== undefined),
    event => event.quarantine ?? '',
    outcome,
    tools,
  );
  let pending = events.filter(event => event.quarantine === undefined);
  for (let round = 0; round < roundsMax && pending.length > 0; round += 1) {
    pending = await foldRound(pending, outcome, tools);
  }
  return { ...outcome, failed: pending };
};

const setAside = async (
  events: readonly AcceptedEvent[],
  reasonOf: (event: AcceptedEvent) => string,
  outcome: FoldOutcome,
  { quarantine }: FoldTools,
): Promise<void> => {
  if (events.length === 0) return;
  await quarantine.add(events.map(event => ({ event, reason: reasonOf(event) })));
  outcome.quarantined += events.length;
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
  const survivorOf = (id: string) => states.get(id)?.id ?? id;
  const subjects = resolveSubjects(
    events.map(event => (event.profileId === undefined ? event : { ...event, profileId: survivorOf(event.profileId) })),
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
  return events.filter(event => again.has(event.id));
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

const foldSubject = async (
  { profileId, events, newIdentifiers }: Subject,
  states: ReadonlyMap<string, ProfileState>,
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const before = profileId === undefined ? newcomer(events, tools) : states.get(profileId);
  if (!before) {
    await setAside(events, () => 'profile_not_found', outcome, tools);
    return [];
  }
  if (before.head.life === 'erased') {
    outcome.refused += events.length;
    return [];
  }
  try {
    const fresh = await dropRepeats(before, events, tools.profiles);
    if (fresh.length > 0) await commitFresh(before, fresh, newIdentifiers, tools);
    outcome.stored += fresh.length;
    outcome.duplicates += events.length - fresh.length;
    return [];
  } catch (fault) {
    if (fault instanceof ProfileChanged || fault instanceof IdentifierTaken) return events;
    throw fault;
  }
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

const commitFresh = async (
  before: ProfileState,
  events: readonly AcceptedEvent[],
  newIdentifiers: Subject['newIdentifiers'],
  { profiles, accountCurrency, now }: FoldTools,
): Promise<void> => {
  const repeatedOrders = await ordersOfOthers(before.id, events, profiles);
  const context = { accountCurrency, repeatedOrders, newIdentifiers, now: now().getTime() };
  await profiles.commit({ before, after: commitEvents(before, events, context), events });
};

/** Purchases whose order another message has brought already: the first message owns the revenue, also when it comes again. */
const ordersOfOthers = async (
  profileId: string,
  events: readonly AcceptedEvent[],
  profiles: ProfileStore,
): Promise<Set<string>> => {
  const repeated = new Set<string>();
  for (const { type, properties, messageId } of events) {
    const { orderId } = type === 'purchase' ? purchaseValue(properties) : {};
    if (orderId !== undefined && !(await profiles.ownOrder(profileId, orderId, messageId))) repeated.add(messageId);
  }
  return repeated;
};
