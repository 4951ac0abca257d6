import type { ProfileState } from '../model/profile-state.ts';
import { profileKey } from '../ports/suppressions.ts';

/** By which a person may be suppressed. */
export const suppressionKeys = ({ id, person }: Pick<ProfileState, 'id' | 'person'>): string[] => [
  profileKey(id),
  ...person.identifiers.map(({ key }) => key),
];
