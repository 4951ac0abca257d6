import type { ConsentedMember } from '../consent-gate.ts';
import { googleFields as fields } from './google-fields.ts';
import { hashed } from './hashed.ts';
import { internationalPhone } from './international-phone.ts';
import { known } from './known.ts';
import type { PlatformFormat, PlatformRow, RowTools } from './platform.ts';

/** An address counts only with all four parts. */
const addressOf = (member: ConsentedMember, { sha256 }: RowTools) => {
  const { country, postalCode: code } = member;
  const givenName = hashed(member.firstName, fields.givenName, sha256);
  const familyName = hashed(member.lastName, fields.familyName, sha256);
  const regionCode = country === undefined ? undefined : fields.regionCode(country);
  const postalCode = code === undefined ? undefined : fields.postalCode(code);
  return givenName && familyName && regionCode && postalCode ? { givenName, familyName, regionCode, postalCode } : {};
};

const rowOf = (member: ConsentedMember, tools: RowTools): PlatformRow | undefined => {
  const row = known({
    emailAddress: hashed(member.email, fields.emailAddress, tools.sha256),
    phoneNumber: hashed(member.phone, phone => internationalPhone(phone, member.country), tools.sha256),
    ...addressOf(member, tools),
  });
  return Object.keys(row).length === 0 ? undefined : row;
};

/** Customer Match lists of Google, by the Data Manager API. */
export const google: PlatformFormat = {
  name: 'google',
  matchKeys: ['emailAddress', 'phoneNumber', 'givenName', 'familyName', 'regionCode', 'postalCode'],
  sends: ['email', 'phone', 'firstName', 'lastName', 'country', 'postalCode'],
  requiredConsent: ['tracking'],
  sharing: true,
  rowsMax: 10_000,
  replaces: true,
  sizeFloor: 100,
  row: rowOf,
  foundBy: row => row,
};
