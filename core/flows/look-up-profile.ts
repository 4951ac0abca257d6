import { notFound } from '../errors.ts';
import { type Identifier, matchKey, whyUnusable } from '../model/identifier.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';

/** The profile that has an identifier. @throws Problem `NOT_FOUND`, which does not repeat the value */
export const lookUpProfile = async (identifier: Identifier, profiles: ProfileStore): Promise<ProfileState> => {
  const owner = whyUnusable(identifier) === undefined ? await ownerOf(matchKey(identifier), profiles) : undefined;
  if (owner === undefined) throw notFound('A profile', `with this ${identifier.type}`);
  return liveProfile(owner, profiles);
};

const ownerOf = async (key: string, profiles: ProfileStore): Promise<string | undefined> =>
  (await profiles.ownersOf([key])).get(key);
