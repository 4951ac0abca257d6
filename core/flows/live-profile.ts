import { notFound } from '../errors.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

/** A chain of merges is pressed flat with every merge; a longer one is a loop. */
const hopsMax = 10;

/**
 * The profile that an id stands for now: itself, or the one that it was merged into.
 *
 * @throws Problem `NOT_FOUND` for an id that was never given, or whose profile was erased
 */
export const liveProfile = async (id: string, profiles: Pick<ProfileStore, 'get'>): Promise<ProfileState> => {
  let name = id;
  for (let hop = 0; hop < hopsMax; hop += 1) {
    const state = await profiles.get(name);
    if (state?.head.life === 'live') return state;
    if (state?.head.mergedInto === undefined) break;
    name = state.head.mergedInto;
  }
  throw notFound('Profile', id);
};
