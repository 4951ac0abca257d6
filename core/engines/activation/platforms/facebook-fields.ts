import { usStates } from './us-states.ts';

const ascii = /^[\x20-\x7e]*$/;
const asciiMarks = /[!-/:-@[-`{-~]/g;
const marks = /[\p{P}\p{S}]/gu;
const notLetters = /[^\p{L}\p{M}]/gu;
const notSmallLetters = /[^a-z]/g;
const notLettersOrDigits = /[^\p{L}\p{M}\p{N}]/gu;

/** Lower case without marks; blanks inside stay. */
const bareText = (text: string): string =>
  text
    .toLowerCase()
    .replace(ascii.test(text) ? asciiMarks : marks, '')
    .trim();

const letters = (text: string): string => {
  const lower = text.toLowerCase();
  return lower.replace(ascii.test(lower) ? notSmallLetters : notLetters, '');
};

/** The name of a field of a Custom Audience and how Meta wants it before it is hashed; `undefined`: left out. */
export const facebookFields = {
  /** @example facebookFields.EMAIL(' Jane.Doe@Gmail.com ') // 'jane.doe@gmail.com' */
  EMAIL: (email: string): string | undefined => {
    const lower = email.trim().toLowerCase();
    return lower.includes('@') ? lower : undefined;
  },
  /** Takes a number with its country code. @example facebookFields.PHONE('+1 (212) 555-0123') // '12125550123' */
  PHONE: (phone: string): string | undefined => phone.replace(/\D/g, '').replace(/^0+/, '') || undefined,
  FN: bareText,
  LN: bareText,
  CT: letters,
  /** Two letters in the United States; elsewhere lower case without marks and blanks. */
  ST: (state: string, country?: string): string => {
    const bare = bareText(state);
    const code = country === undefined || country.toUpperCase() === 'US' ? usStates[bare] : undefined;
    return code ?? bare.replace(notLettersOrDigits, '');
  },
  /** Five digits in the United States. */
  ZIP: (postalCode: string, country?: string): string => {
    const bare = postalCode.toLowerCase().replace(/\s/g, '');
    return country?.toUpperCase() === 'US' ? bare.slice(0, 5) : bare;
  },
  COUNTRY: (country: string): string | undefined => {
    const lower = country.trim().toLowerCase();
    return /^[a-z]{2}$/.test(lower) ? lower : undefined;
  },
  GEN: (gender: string): string | undefined => {
    const first = gender.trim().toLowerCase();
    if (first === 'm' || first === 'male') return 'm';
    return first === 'f' || first === 'female' ? 'f' : undefined;
  },
  DOBY: (birthDate: string): string | undefined => birthDate.match(/^(\d{4})-\d{2}-\d{2}$/)?.[1],
  DOBM: (birthDate: string): string | undefined => birthDate.match(/^\d{4}-(\d{2})-\d{2}$/)?.[1],
  DOBD: (birthDate: string): string | undefined => birthDate.match(/^\d{4}-\d{2}-(\d{2})$/)?.[1],
  /** Not hashed. */
  MADID: (advertisingId: string): string => advertisingId.trim().toLowerCase(),
} as const;
