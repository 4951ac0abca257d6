import { emailKey } from '../model/identifier.ts';
import { familyOf, type KnownIdentifier, type ProfileState } from '../model/profile-state.ts';
import { profileKey, textKey } from '../ports/suppressions.ts';

/** The texts of which others may have sent us a hash. */
const textsOf = ({ type, key, value }: KnownIdentifier): string[] => {
  if (type === 'email') return [value.trim().toLowerCase(), emailKey(value)];
  if (type !== 'phone') return [];
  const digits = key.slice(key.indexOf('#') + 1);
  return [`+${digits}`, digits];
};

/** What is told in a list: a person’s own keys, by which they are suppressed and released. */
export const ownSuppressionKeys = ({ person, ...profile }: ProfileState): string[] => [
  ...familyOf(profile).map(profileKey),
  ...person.identifiers.map(({ key }) => key),
];

/** By which a person may be suppressed: also by what was said of whoever was merged into it, and by hashes. */
export const suppressionKeys = (state: ProfileState): string[] => [
  ...ownSuppressionKeys(state),
  ...new Set(state.person.identifiers.flatMap(textsOf).map(textKey)),
];
