import { isHashed } from './hashed.ts';
import { internationalPhone } from './international-phone.ts';

/** How platforms that send mail want addresses and numbers: readable, so nothing that was hashed. */
export const plainFields = {
  email: (email: string | undefined): string | undefined => {
    const lower = email?.trim().toLowerCase();
    return lower?.includes('@') ? lower : undefined;
  },
  /** E.164 with the plus. */
  phone: (phone: string | undefined, country: string | undefined): string | undefined =>
    phone === undefined || isHashed(phone) ? undefined : internationalPhone(phone.trim(), country),
  text: (text: string | undefined): string | undefined => text?.trim(),
} as const;
