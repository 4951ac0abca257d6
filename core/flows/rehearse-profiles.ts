import { consentStatements, type ProfileState } from '../model/profile-state.ts';
import { type CommitRefusal, IdentifierTaken, type ProfileCommit, type ProfileStore } from '../ports/profile-store.ts';

type Rehearsed = Pick<ProfileStore, 'get' | 'getMany' | 'ownersOf' | 'commit' | 'commitMany'>;

interface Rehearsal extends Rehearsed {
  /** What was committed to each profile, as one commit. */
  commits(): ProfileCommit[];
}

/** So many are remembered of one rehearsal. */
const statesMax = 50_000;

/**
 * Profiles as they would be: what is committed is remembered and told, identifiers are refused that somebody has or
 * would have, and nothing is written.
 */
export const rehearseProfiles = (profiles: Pick<ProfileStore, 'getMany' | 'ownersOf'>): Rehearsal => {
  const remembered = new Map<string, ProfileCommit>();
  const owners = new Map<string, string>();
  const getMany = async (ids: readonly string[]): Promise<Map<string, ProfileState>> => {
    const own = ids.flatMap(id => remembered.get(id)?.after ?? []);
    const strange = ids.filter(id => !remembered.has(id));
    const read = strange.length === 0 ? [] : await profiles.getMany(strange);
    return new Map([...own.map((state): [string, ProfileState] => [state.id, state]), ...read]);
  };
  const ownersOf = async (keys: readonly string[]): Promise<Map<string, string>> => {
    const strange = keys.filter(key => !owners.has(key));
    const found = new Map(strange.length === 0 ? [] : await profiles.ownersOf(strange));
    for (const key of keys) {
      const owner = owners.get(key);
      if (owner !== undefined) found.set(key, owner);
    }
    return found;
  };
  const commit = async ({ before, after, said }: ProfileCommit): Promise<void> => {
    const claimed = claimedBy(before, after);
    const held = await ownersOf(claimed);
    for (const key of claimed) {
      const owner = held.get(key) ?? after.id;
      if (owner !== after.id) throw new IdentifierTaken(key, owner);
    }
    if (remembered.size >= statesMax && !remembered.has(after.id)) return;
    const known = remembered.get(after.id);
    remembered.set(after.id, {
      before: known?.before ?? before,
      after,
      said: [...(known?.said ?? []), ...(said ?? consentStatements(before.person, after.person))],
    });
    for (const key of claimed) owners.set(key, after.id);
  };
  const commitMany = async (commits: readonly ProfileCommit[]): Promise<(CommitRefusal | undefined)[]> => {
    for (const one of commits) await commit(one);
    return commits.map(() => undefined);
  };
  const get = async (id: string) => (await getMany([id])).get(id);
  return { get, getMany, ownersOf, commit, commitMany, commits: () => [...remembered.values()].map(asOne) };
};

const claimedBy = (before: ProfileState, after: ProfileState): string[] => {
  const held = new Set(before.person.identifiers.map(({ key }) => key));
  return after.person.identifiers.map(({ key }) => key).filter(key => !held.has(key));
};

/** Of several changes that are committed together only one happens. */
const asOne = ({ before, after, ...others }: ProfileCommit): ProfileCommit => {
  const { head, person } = after;
  const personVersion = before.person.version + (person.version > before.person.version ? 1 : 0);
  return {
    ...others,
    before,
    after: {
      ...after,
      head: { ...head, version: before.head.version + 1 },
      person: { ...person, version: personVersion },
    },
  };
};
