import { Problem } from '../errors.ts';
import type { IdentifierTaken } from '../ports/profile-store.ts';

/** What a caller is told who gives a profile an identifier that another one has. */
export const identifierConflict = ({ key, profileId }: IdentifierTaken): Problem => {
  const type = key.split('#', 1)[0];
  return new Problem('CONFLICT', `Another profile has this ${type}`, [], { existingProfileId: profileId });
};
