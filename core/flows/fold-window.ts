import { resolveSubjects } from '../engines/profiles/resolve-subjects.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { matchKey } from '../model/identifier.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { checkPurchase } from '../model/purchase.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { foldSubject } from './fold-subject.ts';
import { inLanes } from './in-lanes.ts';
import { type FoldOutcome, type FoldTools, profileNotFound, setAside } from './set-aside.ts';

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
  const found = await setAside(events, event => (isStray(event) ? profileNotFound : undefined), outcome, tools);
  const kept = found.filter(({ profileId = '' }) => states.get(profileId)?.head.life !== 'erased');
  outcome.refused += found.length - kept.length;
  return kept;
};
