import { e164, emailKey, isEmailAddress } from '../../model/identifier.ts';
import { calendarDigits } from './calendar-digits.ts';
import { nameWords } from './name-words.ts';
import { plainText } from './plain-text.ts';

const digitsMin = 5;

const phoneDigits = (value: string): string => {
  const digits = e164(value).replace(/^\+/, '');
  return digits.length < digitsMin ? '' : digits;
};

/** How a value of each kind of attribute is written for comparing; empty when it tells nothing. */
export const normalForms = {
  givenName: nameWords,
  familyName: nameWords,
  birthDate: calendarDigits,
  city: plainText,
  postalCode: plainText,
  email: (value: string) => (isEmailAddress(value.trim()) ? emailKey(value) : ''),
  phone: phoneDigits,
  text: plainText,
};

export type AttributeKind = keyof typeof normalForms;

/** Of which kind each attribute is that is compared. */
export type AttributeKinds = Readonly<Record<string, AttributeKind>>;
