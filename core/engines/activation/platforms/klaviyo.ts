import { known } from './known.ts';
import { plainFields as fields } from './plain-fields.ts';
import type { PlatformFormat } from './platform.ts';

/** Lists of Klaviyo. People are known there by our own id (`external_id`), whatever their address becomes. */
export const klaviyo: PlatformFormat = {
  name: 'klaviyo',
  matchKeys: ['email', 'phone_number'],
  sends: ['email', 'phone', 'firstName', 'lastName', 'city', 'state', 'postalCode', 'country'],
  requiredConsent: ['email'],
  sharing: false,
  rowsMax: 1000,
  replaces: false,
  row: member => {
    const email = fields.email(member.email);
    const phone_number = fields.phone(member.phone, member.country);
    if (email === undefined && phone_number === undefined) return undefined;
    return known({
      external_id: member.profileId,
      email,
      phone_number,
      first_name: fields.text(member.firstName),
      last_name: fields.text(member.lastName),
      city: fields.text(member.city),
      region: fields.text(member.state),
      zip: fields.text(member.postalCode),
      country: fields.text(member.country),
    });
  },
  foundBy: ({ external_id }) => known({ external_id }),
};
