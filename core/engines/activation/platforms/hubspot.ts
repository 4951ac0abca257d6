import { known } from './known.ts';
import { plainFields as fields } from './plain-fields.ts';
import type { PlatformFormat } from './platform.ts';

/** Static lists of HubSpot contacts: people are their addresses. */
export const hubspot: PlatformFormat = {
  name: 'hubspot',
  matchKeys: ['email'],
  sends: ['email', 'phone', 'firstName', 'lastName', 'city', 'state', 'postalCode', 'country'],
  requiredConsent: ['email'],
  sharing: false,
  rowsMax: 100,
  replaces: false,
  row: member => {
    const email = fields.email(member.email);
    if (email === undefined) return undefined;
    return known({
      email,
      firstname: fields.text(member.firstName),
      lastname: fields.text(member.lastName),
      phone: fields.phone(member.phone, member.country),
      city: fields.text(member.city),
      state: fields.text(member.state),
      zip: fields.text(member.postalCode),
      country: fields.text(member.country),
    });
  },
  foundBy: ({ email }) => known({ email }),
};
