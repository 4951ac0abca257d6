import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

type Reading = Pick<ProfileStore, 'getMany' | 'ownersOf'>;

/**
 * Profiles as they stand now, all that have one of these match keys read in few requests; others are read when they are
 * asked for. Whoever is erased while they are read has no identifiers.
 */
export const readAhead = async (keys: readonly string[], profiles: Reading): Promise<Reading> => {
  const asked = new Set(keys);
  const owners = await profiles.ownersOf([...asked]);
  const states =
    owners.size === 0 ? new Map<string, ProfileState>() : await profiles.getMany([...new Set(owners.values())]);
  for (const [key, id] of owners) {
    if ((states.get(id)?.head.life ?? 'erased') === 'erased') owners.delete(key);
  }
  return {
    getMany: async ids => {
      const strange = ids.filter(id => !states.has(id));
      for (const [id, state] of strange.length === 0 ? [] : await profiles.getMany(strange)) states.set(id, state);
      return pick(states, ids);
    },
    ownersOf: async some => {
      const strange = some.filter(key => !asked.has(key));
      const read = strange.length === 0 ? [] : await profiles.ownersOf(strange);
      return new Map([...pick(owners, some), ...read]);
    },
  };
};

const pick = <Value>(all: ReadonlyMap<string, Value>, names: readonly string[]): Map<string, Value> =>
  new Map(
    names.flatMap((name): [string, Value][] => {
      const value = all.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
