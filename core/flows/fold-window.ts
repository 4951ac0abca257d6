import { resolveSubjects, type Subject } from '../engines/profiles/resolve-subjects.ts';
import { type AcceptedEvent, namedProfile } from '../model/accepted-event.ts';
import { matchKey } from '../model/identifier.ts';
import { type IdentityConfig, isBlockedBy } from '../model/identity-config.ts';
import { leadsAstray } from '../model/leads-astray.ts';
import { moneyFaults } from '../model/money-faults.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore, RecalledProfiles } from '../ports/profile-store.ts';
import { foldSubject } from './fold-subject.ts';
import { type FoldOutcome, type FoldTools, profileNotFound, setAside } from './set-aside.ts';
import { sharingRequests } from './sharing-requests.ts';

const roundsMax = 5;
/** So many are committed before the next: who came first is seen first, and memory holds no more than they bring. */
const subjectsAtOnce = 100;

/**
 * Gives a window of events their effect, exactly once however often it comes: finds out whose they are, drops what was
 * folded before, folds the rest, and commits each profile by one conditional write. Whoever loses a race reads again.
 */
export const foldWindow = async (events: readonly AcceptedEvent[], tools: FoldTools): Promise<FoldOutcome> => {
  const outcome: FoldOutcome = {
    ...{ stored: 0, duplicates: 0, quarantined: 0, refused: 0 },
    ...{ fates: new Map(), originals: new Map(), failed: [] },
  };
  const rules = await tools.identityConfig.get();
  const known = await dropErasedAside(events, rules, outcome, tools);
  let pending = await setAside(known, event => whyAside(event, rules), outcome, tools);
  for (let round = 0; round < roundsMax && pending.length > 0; round += 1) {
    pending = await foldRound(pending, rules, outcome, tools);
  }
  return { ...outcome, failed: pending };
};

/** An event that can never be folded must not hold up the others. */
const whyAside = (event: AcceptedEvent, rules: IdentityConfig): string | undefined => {
  const { quarantine, type, properties } = event;
  if (quarantine !== undefined) return quarantine;
  if (moneyFaults(type, properties).length > 0) return `${type}_invalid`;
  return isNobodys(event, rules) ? 'no_identifier' : undefined;
};

/** Names it nothing but values that tell nobody? */
const isNobodys = (event: AcceptedEvent, rules: IdentityConfig): boolean =>
  rules.blockedValues.length > 0 &&
  namedProfile(event) === undefined &&
  event.identifiers.every(identifier => isBlockedBy(identifier, rules));

/** Returns the events of those who lost a race. */
const foldRound = async (
  events: readonly AcceptedEvent[],
  rules: IdentityConfig,
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<AcceptedEvent[]> => {
  const named = events.flatMap(event => namedProfile(event) ?? []);
  const { owners, states: read } = await tools.profiles.recall(keysOf(events), [...new Set(named)]);
  const states = await withSurvivors(read, tools.profiles);
  const taken = await dropErased(events, owners, outcome, tools);
  const kept = await dropStrays(taken, states, outcome, tools);
  const survivorOf = (id: string) => states.get(id)?.id ?? id;
  const waiting = new Set(kept.filter(event => isHeld(event, { owners, states })));
  const asKept = new Map<AcceptedEvent, AcceptedEvent>();
  const ofSurvivors = kept.flatMap(event => {
    if (waiting.has(event)) return [];
    const resolved = ofSurvivor(event, survivorOf);
    if (resolved !== event) asKept.set(resolved, event);
    return resolved;
  });
  const claims = {
    ownerOf: (key: string) => {
      const owner = owners.get(key);
      return owner === undefined ? undefined : survivorOf(owner);
    },
    identifiersOf: (id: string) => states.get(id)?.person.identifiers ?? [],
  };
  const resolved = resolveSubjects(ofSurvivors, claims, rules);
  await noteTies(resolved, states, tools);
  const subjects = resolved.map(subject => ({ ...subject, events: subject.events.map(one => asKept.get(one) ?? one) }));
  const again = new Set<string>();
  for (let first = 0; first < subjects.length; first += subjectsAtOnce) {
    const some = subjects.slice(first, first + subjectsAtOnce);
    const lost = await sharingRequests(some, tools.profiles, (subject, profiles) =>
      foldSubject(subject, states, outcome, { ...tools, profiles }),
    );
    for (const { id } of lost.flat()) again.add(id);
  }
  return kept.filter(event => waiting.has(event) || again.has(event.id));
};

/**
 * What an event says of two people stands, whatever becomes of its commit: it is noted before, so that none is lost.
 * Nobody is tied to who is gone.
 */
const noteTies = async (
  subjects: readonly Subject[],
  states: ReadonlyMap<string, ProfileState>,
  { identity }: FoldTools,
): Promise<void> => {
  const isLive = (id: string) => states.get(id)?.head.life === 'live';
  const ties = subjects.flatMap(subject => subject.ties);
  const standing = ties.filter(({ profileId, otherId }) => isLive(profileId) && isLive(otherId));
  if (standing.length > 0) await identity.noteTies(standing);
};

/** As long as identifiers change hands nobody can tell whose an event is that names one of them. */
const isHeld = (event: AcceptedEvent, { owners, states }: RecalledProfiles): boolean => {
  const named = [namedProfile(event), ...event.identifiers.map(one => owners.get(matchKey(one)))];
  return (
    named.some(id => id !== undefined && states.get(id)?.head.hold !== undefined) ||
    event.identifiers.map(matchKey).some(key => leadsAstray(key, states.get(owners.get(key) ?? '')))
  );
};

/** Whom it is resolved to; what is kept has the name that it came with, by which a merge can be undone. */
const ofSurvivor = (event: AcceptedEvent, survivorOf: (id: string) => string): AcceptedEvent => {
  const { replayed, profileId } = event;
  if (replayed) return { ...event, replayed: { ...replayed, profileId: survivorOf(replayed.profileId) } };
  return profileId === undefined ? event : { ...event, profileId: survivorOf(profileId) };
};

const keysOf = (events: readonly AcceptedEvent[]): string[] => [
  ...new Set(events.flatMap(event => event.identifiers.map(matchKey))),
];

/** What can never be folded is kept aside, but nothing of somebody who was erased. */
const dropErasedAside = async (
  events: readonly AcceptedEvent[],
  rules: IdentityConfig,
  outcome: FoldOutcome,
  tools: FoldTools,
): Promise<readonly AcceptedEvent[]> => {
  const aside = events.filter(event => whyAside(event, rules) !== undefined);
  if (aside.length === 0) return events;
  const named = [...new Set(aside.flatMap(event => namedProfile(event) ?? []))];
  const states = named.length === 0 ? new Map<string, ProfileState>() : await tools.profiles.getMany(named);
  const taken = new Set(await dropErased(aside, new Map(), outcome, tools));
  const gone = aside.filter(event => taken.has(event) && states.get(namedProfile(event) ?? '')?.head.life === 'erased');
  refuse(gone, outcome);
  const left = new Set(gone);
  return events.filter(event => !left.has(event) && (taken.has(event) || !aside.includes(event)));
};

/**
 * Takes out events that name what somebody was known by who was erased: nothing of them comes back. Only what nobody has
 * is asked for; an erasure keeps the key before it releases it, so whoever finds it released finds it kept.
 */
const dropErased = async (
  events: readonly AcceptedEvent[],
  owners: ReadonlyMap<string, string>,
  outcome: FoldOutcome,
  { erasedKeys }: FoldTools,
): Promise<readonly AcceptedEvent[]> => {
  const erased = await erasedKeys.among(keysOf(events).filter(key => !owners.has(key)));
  if (erased.size === 0) return events;
  const isErased = ({ identifiers }: AcceptedEvent) => identifiers.some(one => erased.has(matchKey(one)));
  const kept = events.filter(event => !isErased(event));
  refuse(events.filter(isErased), outcome);
  return kept;
};

const refuse = (events: readonly AcceptedEvent[], outcome: FoldOutcome): void => {
  outcome.refused += events.length;
  for (const event of events) outcome.fates.set(event.id, 'refused');
};

/**
 * The profiles by the id they were asked for; a merged one is answered by its survivor, as it is now: what was known of
 * that one may be of before the merge.
 */
const withSurvivors = async (
  states: Map<string, ProfileState>,
  profiles: ProfileStore,
): Promise<Map<string, ProfileState>> => {
  const survivors = [...states.values()].flatMap(({ head }) => (head.life === 'merged' ? (head.mergedInto ?? []) : []));
  if (survivors.length === 0) return states;
  const further = await withSurvivors(await profiles.getMany([...new Set(survivors)]), profiles);
  const merged = [...states].map(([id, state]): [string, ProfileState] => [
    id,
    further.get(id) ?? further.get(state.head.mergedInto ?? '') ?? state,
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
  const isStray = ({ replayed, profileId }: AcceptedEvent) =>
    !replayed && profileId !== undefined && !states.has(profileId);
  const found = await setAside(events, event => (isStray(event) ? profileNotFound : undefined), outcome, tools);
  const kept = found.filter(event => states.get(namedProfile(event) ?? '')?.head.life !== 'erased');
  outcome.refused += found.length - kept.length;
  const still = new Set(kept);
  for (const event of found) if (!still.has(event)) outcome.fates.set(event.id, 'refused');
  return kept;
};
