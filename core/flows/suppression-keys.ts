import { familyOf, type ProfileState } from '../model/profile-state.ts';
import { profileKey } from '../ports/suppressions.ts';

/** By which a person may be suppressed: also by what was said of whoever was merged into it. */
export const suppressionKeys = ({ person, ...profile }: ProfileState): string[] => [
  ...familyOf(profile).map(profileKey),
  ...person.identifiers.map(({ key }) => key),
];
