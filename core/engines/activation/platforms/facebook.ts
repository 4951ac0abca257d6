import type { ConsentedMember } from '../consent-gate.ts';
import { facebookFields as fields } from './facebook-fields.ts';
import { hashed } from './hashed.ts';
import { internationalPhone } from './international-phone.ts';
import { known } from './known.ts';
import type { PlatformFormat, PlatformRow, RowTools } from './platform.ts';

const rowOf = (member: ConsentedMember, { sha256, extras = [] }: RowTools): PlatformRow | undefined => {
  const { country } = member;
  const birthDate = extras.includes('birthDate') ? member.birthDate : undefined;
  const advertisingId = extras.includes('advertisingId') ? member.advertisingId : undefined;
  const EMAIL = hashed(member.email, fields.EMAIL, sha256);
  const PHONE = hashed(member.phone, phone => phoneOf(phone, country), sha256);
  const MADID = advertisingId && fields.MADID(advertisingId);
  if (EMAIL === undefined && PHONE === undefined && !MADID) return undefined;
  return known({
    EXTERN_ID: member.profileId,
    EMAIL,
    PHONE,
    FN: hashed(member.firstName, fields.FN, sha256),
    LN: hashed(member.lastName, fields.LN, sha256),
    CT: hashed(member.city, fields.CT, sha256),
    ST: hashed(member.state, state => fields.ST(state, country), sha256),
    ZIP: hashed(member.postalCode, code => fields.ZIP(code, country), sha256),
    COUNTRY: hashed(country, fields.COUNTRY, sha256),
    GEN: extras.includes('gender') ? hashed(member.gender, fields.GEN, sha256) : undefined,
    DOBY: hashed(birthDate, fields.DOBY, sha256),
    DOBM: hashed(birthDate, fields.DOBM, sha256),
    DOBD: hashed(birthDate, fields.DOBD, sha256),
    MADID,
  });
};

const phoneOf = (phone: string, country: string | undefined): string | undefined => {
  const number = internationalPhone(phone, country);
  return number === undefined ? undefined : fields.PHONE(number);
};

/** Custom Audiences of Meta. */
export const facebook: PlatformFormat = {
  name: 'facebook',
  matchKeys: ['EMAIL', 'PHONE', 'FN', 'LN', 'CT', 'ST', 'ZIP', 'COUNTRY'],
  sends: [
    ...(['email', 'phone', 'firstName', 'lastName', 'city', 'state', 'postalCode', 'country'] as const),
    ...(['gender', 'birthDate', 'advertisingId'] as const),
  ],
  requiredConsent: ['tracking'],
  sharing: true,
  rowsMax: 10_000,
  replaces: true,
  sizeFloor: 100,
  row: rowOf,
  foundBy: ({ EXTERN_ID, EMAIL, PHONE, MADID }) => known({ EXTERN_ID, EMAIL, PHONE, MADID }),
};
