import type { ProfileState } from '../model/profile-state.ts';
import { IdentifierTaken, type ProfileStore } from '../ports/profile-store.ts';

type Rehearsed = Pick<ProfileStore, 'get' | 'commit'>;

/** So many are remembered of one rehearsal. */
const statesMax = 50_000;

/**
 * Profiles as they would be: what is committed is remembered and told, identifiers are refused that somebody has or
 * would have, and nothing is written.
 */
export const rehearseProfiles = (profiles: Pick<ProfileStore, 'get' | 'ownersOf'>): Rehearsed => {
  const states = new Map<string, ProfileState>();
  const owners = new Map<string, string>();
  return {
    get: async id => states.get(id) ?? profiles.get(id),
    commit: async ({ before, after }) => {
      const held = new Set(before.person.identifiers.map(({ key }) => key));
      const claimed = after.person.identifiers.map(({ key }) => key).filter(key => !held.has(key));
      const known = await profiles.ownersOf(claimed.filter(key => !owners.has(key)));
      for (const key of claimed) {
        const owner = owners.get(key) ?? known.get(key);
        if (owner !== undefined && owner !== after.id) throw new IdentifierTaken(key, owner);
      }
      if (states.size >= statesMax) return;
      states.set(after.id, after);
      for (const key of claimed) owners.set(key, after.id);
    },
  };
};
