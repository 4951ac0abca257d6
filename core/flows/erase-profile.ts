import { Problem } from '../errors.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { ProfileChanged, type ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';

interface EraseTools {
  profiles: Pick<ProfileStore, 'get' | 'erase'>;
  now: () => Date;
}

interface EraseOptions {
  /** What must be kept before the profile, as it is then, goes. */
  before?: (state: ProfileState) => Promise<void>;
  /** What they did goes on counting, as nobody's. */
  anonymised?: boolean;
}

const triesMax = 64;

/**
 * Erases the person that an id stands for: a tombstone takes the profile's place and its identifiers are free, in one
 * step. What else is kept of them is swept by what follows the table's stream. Returns the id of the erased profile.
 *
 * @throws Problem `NOT_FOUND`
 */
export const eraseProfile = async (
  id: string,
  { profiles, now }: EraseTools,
  { before, anonymised = false }: EraseOptions = {},
): Promise<string> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const state = await liveProfile(id, profiles);
    await before?.(state);
    try {
      await profiles.erase(state, now().getTime(), anonymised);
      return state.id;
    } catch (fault) {
      if (!(fault instanceof ProfileChanged)) throw fault;
    }
  }
  throw new Problem('UNAVAILABLE', `Profile ${id} is changed all the time; try again`);
};
