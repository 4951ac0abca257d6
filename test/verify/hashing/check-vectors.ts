import { createHash } from 'node:crypto';
import { platforms } from '../../../core/engines/activation/platforms/platforms.ts';
import { sha256 } from '../../../functions/adapters/sha256.ts';
import { consentedMember } from '../../fixtures/fake-destinations.ts';
import type { HashVector } from '../../fixtures/hash-vectors.ts';

/** The field of a person that a field of a platform is made of. */
const givenAs: Record<string, string> = {
  EMAIL: 'email',
  PHONE: 'phone',
  FN: 'firstName',
  LN: 'lastName',
  CT: 'city',
  ST: 'state',
  ZIP: 'postalCode',
  COUNTRY: 'country',
  GEN: 'gender',
  DOBY: 'birthDate',
  DOBM: 'birthDate',
  DOBD: 'birthDate',
  MADID: 'advertisingId',
  emailAddress: 'email',
  phoneNumber: 'phone',
  givenName: 'firstName',
  familyName: 'lastName',
  regionCode: 'country',
  postalCode: 'postalCode',
};

/** Whoever has only this would not be sent, or without an address. */
const rest = { email: 'rest@example.com', firstName: 'Rest', lastName: 'Rest', country: 'US', postalCode: '1' };

/** What is sent of a vector's value, through the very rows that platforms are sent. */
export const sentOf = ({ platform, field, given, country }: HashVector): string | undefined => {
  const about = { [givenAs[field] ?? field]: given, ...(country === undefined ? {} : { country }) };
  const member = { ...consentedMember({ id: 'profile-1', email: rest.email }), ...rest, ...about };
  const extras = ['gender', 'birthDate', 'advertisingId'] as const;
  return platforms[platform].row(member, { sha256, extras })?.[field];
};

/** What must be sent, by OpenSSL alone. */
export const expectedOf = ({ normalised, hashed, hash }: HashVector): string | undefined => {
  if (normalised === undefined || hashed === false) return normalised;
  return hash ?? createHash('sha256').update(normalised, 'utf8').digest('hex');
};
