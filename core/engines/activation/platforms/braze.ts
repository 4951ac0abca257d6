import { known } from './known.ts';
import { plainFields as fields } from './plain-fields.ts';
import type { PlatformFormat } from './platform.ts';

/** Users of Braze, by an attribute that lists their audiences: segments there cannot be written from outside. */
export const braze: PlatformFormat = {
  name: 'braze',
  matchKeys: ['email', 'phone'],
  sends: ['email', 'phone', 'firstName', 'lastName', 'city', 'country'],
  requiredConsent: ['email'],
  sharing: false,
  rowsMax: 75,
  replaces: false,
  row: member => {
    const email = fields.email(member.email);
    const phone = fields.phone(member.phone, member.country);
    if (email === undefined && phone === undefined) return undefined;
    return known({
      external_id: member.profileId,
      email,
      phone,
      first_name: fields.text(member.firstName),
      last_name: fields.text(member.lastName),
      home_city: fields.text(member.city),
      country: fields.text(member.country),
    });
  },
  foundBy: ({ external_id }) => known({ external_id }),
};
