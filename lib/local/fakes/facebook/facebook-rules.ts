import type { FieldRule } from '../accounts.ts';

const digits = (value: string): string => [...value].filter(sign => sign >= '0' && sign <= '9').join('');
const lettersOnly = (value: string): string =>
  [...value.toLowerCase()].filter(sign => sign.toLowerCase() !== sign.toUpperCase()).join('');
const withoutMarks = (value: string): string =>
  value
    .toLowerCase()
    .replace(/[.,'’‘`"“”!?()[\]{}/\\_;:*&^%$#@+=|<>~-]/g, '')
    .trim();
const gmailReduced = (value: string): string => {
  const [local = '', domain = ''] = value.trim().toLowerCase().split('@');
  return `${(local.split('+')[0] ?? '').replaceAll('.', '')}@${domain}`;
};

/** What Meta compares: written apart from what sends to it. */
export const facebookRules: Readonly<Record<string, FieldRule>> = {
  EMAIL: { of: 'email', right: value => value.trim().toLowerCase(), wrong: [gmailReduced] },
  PHONE: {
    of: 'phone',
    right: digits,
    wrong: [value => `+${digits(value)}`, value => `00${digits(value)}`, value => digits(value).slice(1)],
  },
  FN: { of: 'firstName', right: withoutMarks, wrong: [value => value.trim()] },
  LN: { of: 'lastName', right: withoutMarks, wrong: [value => value.trim(), value => value.trim().toLowerCase()] },
  CT: { of: 'city', right: lettersOnly, wrong: [value => value.toLowerCase()] },
  COUNTRY: { of: 'country', right: value => value.toLowerCase(), wrong: [] },
};

/** The fields of a row, and whether each is hashed. */
export const facebookSchema: Readonly<Record<string, boolean>> = {
  EXTERN_ID: false,
  MADID: false,
  EMAIL: true,
  PHONE: true,
  FN: true,
  LN: true,
  CT: true,
  ST: true,
  ZIP: true,
  COUNTRY: true,
  GEN: true,
  DOBY: true,
  DOBM: true,
  DOBD: true,
};
