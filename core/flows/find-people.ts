import { Problem } from '../errors.ts';
import { matchKey } from '../model/identifier.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { RequestSubject } from '../model/request-subject.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';

/** Everybody whom a request means: by id, and whoever has one of the identifiers. Nobody is an answer. */
export const findPeople = async (
  { profileId, identifiers }: RequestSubject,
  profiles: Pick<ProfileStore, 'get' | 'ownersOf'>,
): Promise<ProfileState[]> => {
  const owners = await profiles.ownersOf(identifiers.map(matchKey));
  const ids = new Set([...(profileId === undefined ? [] : [profileId]), ...owners.values()]);
  const found = await Promise.all([...ids].map(id => standing(id, profiles)));
  return [...new Map(found.flatMap(state => (state ? [[state.id, state] as const] : []))).values()];
};

const standing = async (id: string, profiles: Pick<ProfileStore, 'get'>): Promise<ProfileState | undefined> => {
  try {
    return await liveProfile(id, profiles);
  } catch (fault) {
    if (fault instanceof Problem && fault.code === 'NOT_FOUND') return undefined;
    throw fault;
  }
};
