import type { ConsentedMember } from '../consent-gate.ts';
import { known } from './known.ts';
import type { PlatformRow } from './platform.ts';

/** A person as they are, for what is one’s own. */
export const plainRow = (member: ConsentedMember): PlatformRow => {
  const { profileId, email, phone, customerId, firstName, lastName, country } = member;
  return known({ profileId, email, phone, customerId, firstName, lastName, country });
};
