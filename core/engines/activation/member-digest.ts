import { fingerprint } from '../../model/fingerprint.ts';
import type { ConsentedMember } from './consent-gate.ts';

/** Stands for everything that a destination is sent of a person, and where: changes when any of it does. */
export const memberDigest = (
  { profileId, email, phone, customerId, firstName, lastName, country }: ConsentedMember,
  place: string,
) => {
  const text = JSON.stringify([profileId, email, phone, customerId, firstName, lastName, country, place]);
  return `${text.length}-${fingerprint(text).toString(36)}`;
};
