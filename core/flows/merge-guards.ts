import type { IdentityConfig } from '../model/identity-config.ts';
import { type PairBlock, type ProfilePair, pairIdOf } from '../model/profile-pair.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { IdentityStore } from '../ports/identity-store.ts';

const day = 86_400_000;
/** More than so many identifiers of one type in a day are a value that many people share, not a person. */
const identifiersPerDayMax = 50;

interface GuardTools {
  identity: Pick<IdentityStore, 'pairsOf'>;
  now: () => Date;
}

/** Why two profiles are not joined without asking, though everything speaks for it. */
export const whyRefused = async (
  states: readonly ProfileState[],
  { automaticMergesPerDayMax }: IdentityConfig,
  { identity, now }: GuardTools,
): Promise<PairBlock | undefined> => {
  const since = now().getTime() - day;
  if (isBlob(states, since)) return 'too_many_identifiers';
  const ids = states.map(({ id }) => id);
  const joined = await joinsWithin(ids, since, automaticMergesPerDayMax, identity);
  return joined >= automaticMergesPerDayMax ? 'merge_storm' : undefined;
};

const isBlob = (states: readonly ProfileState[], since: number): boolean => {
  const counts = new Map<string, number>();
  for (const { person } of states)
    for (const { type, firstSeenAt } of person.identifiers)
      if (firstSeenAt >= since) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts.values()].some(count => count > identifiersPerDayMax);
};

/** How often any of these, and whoever they came of, was joined without asking since then; counts up to `max`. */
const joinsWithin = async (
  ids: readonly string[],
  since: number,
  max: number,
  identity: GuardTools['identity'],
): Promise<number> => {
  const [joins, seen] = [new Set<string>(), new Set<string>(ids)];
  const isJoin = ({ status, decidedBy, updatedAt }: ProfilePair) =>
    (status === 'joining' || (status === 'merged' && decidedBy === 'automatic')) && Date.parse(updatedAt) >= since;
  for (const id of seen) {
    if (joins.size >= max) break;
    for (const pair of (await identity.pairsOf(id)).filter(isJoin)) {
      joins.add(pairIdOf(...pair.profileIds));
      for (const further of pair.profileIds) seen.add(further);
    }
  }
  return joins.size;
};
