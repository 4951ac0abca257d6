import { known } from './known.ts';
import { plainFields as fields } from './plain-fields.ts';
import type { PlatformFormat } from './platform.ts';

/** Static segments (tags) of a Mailchimp audience: people are their addresses. */
export const mailchimp: PlatformFormat = {
  name: 'mailchimp',
  matchKeys: ['email_address'],
  sends: ['email', 'firstName', 'lastName'],
  requiredConsent: ['email'],
  sharing: false,
  rowsMax: 500,
  replaces: false,
  row: member => {
    const email_address = fields.email(member.email);
    if (email_address === undefined) return undefined;
    return known({ email_address, FNAME: fields.text(member.firstName), LNAME: fields.text(member.lastName) });
  },
  foundBy: ({ email_address }) => known({ email_address }),
};
