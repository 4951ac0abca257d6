import { e164 } from '../../../model/identifier.ts';

const international = /^\+[1-9]\d{6,14}$/;

/**
 * A phone number with its country code, or `undefined` where that is not known: a number without one is somebody else's
 * in every other country.
 *
 * @example internationalPhone('(212) 555-0123', 'US') // '+12125550123'
 */
export const internationalPhone = (phone: string, country?: string): string | undefined => {
  if (international.test(phone)) return phone;
  const number = e164(phone, country);
  return international.test(number) ? number : undefined;
};
