import { address } from './compare-addresses.ts';
import { birthDate } from './compare-birth-dates.ts';
import { email } from './compare-emails.ts';
import { familyName, givenName } from './compare-names.ts';
import { phone } from './compare-phones.ts';
import { text } from './compare-texts.ts';
import type { Comparison } from './comparison.ts';
import type { AttributeKind, AttributeKinds } from './normal-forms.ts';

/** The comparisons that a set of attributes asks for. */
export const comparisonsOf = (kinds: AttributeKinds): Comparison[] => {
  const named = (kind: AttributeKind): string[] => Object.keys(kinds).filter(name => kinds[name] === kind);
  // Where there is none the name of the kind reads nothing, which is missing everywhere.
  const [given = 'givenName'] = named('givenName');
  const [family = 'familyName'] = named('familyName');
  const [city = 'city'] = named('city');
  const [code = 'postalCode'] = named('postalCode');
  return [
    ...named('givenName')
      .slice(0, 1)
      .map(() => givenName(given, family)),
    ...named('familyName')
      .slice(0, 1)
      .map(() => familyName(given, family)),
    ...named('birthDate').map(birthDate),
    ...[...named('city'), ...named('postalCode')].slice(0, 1).map(() => address(city, code)),
    ...named('email').map(name => email(name, given, family)),
    ...named('phone').map(phone),
    ...named('text').map(text),
  ];
};
