import { profileView } from '../engines/profiles/profile-view.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Profile } from '../model/profile.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { MembershipStore } from '../ports/membership-store.ts';

interface ShowTools {
  memberships: MembershipStore;
}

const lanes = 32;

/** A profile as it is answered: with the segments that it is in now. */
export const showProfile = async (state: ProfileState, { memberships }: ShowTools): Promise<Profile> => {
  const known = await memberships.ofProfile(state.id);
  return profileView(
    state,
    known.filter(({ member }) => member).map(({ segmentId }) => segmentId),
  );
};

export const showProfiles = (states: readonly ProfileState[], tools: ShowTools): Promise<Profile[]> =>
  inLanes(states, lanes, state => showProfile(state, tools));
