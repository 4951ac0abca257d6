import { fingerprint } from '../../model/fingerprint.ts';
import type { ConsentedMember } from './consent-gate.ts';

/** Stands for everything that a destination is sent of a person: changes when any of it does. */
export const memberDigest = ({
  profileId,
  email,
  phone,
  customerId,
  firstName,
  lastName,
  country,
}: ConsentedMember) => {
  const text = JSON.stringify([profileId, email, phone, customerId, firstName, lastName, country]);
  return `${text.length}-${fingerprint(text).toString(36)}`;
};
