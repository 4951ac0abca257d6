import type { FieldRule } from '../accounts.ts';

const digits = (value: string): string => [...value].filter(sign => sign >= '0' && sign <= '9').join('');
const lower = (value: string): string => value.split(' ').join('').toLowerCase();
const trimmedName = (value: string): string => value.trim().toLowerCase();

/** What Google compares: written apart from what sends to it. */
const address = (value: string): string => {
  const [local = '', domain = ''] = lower(value).split('@');
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return `${local}@${domain}`;
  return `${(local.split('+')[0] ?? '').split('.').join('')}@${domain}`;
};

export const googleRules: Readonly<Record<string, FieldRule>> = {
  emailAddress: { of: 'email', right: address, wrong: [lower] },
  phoneNumber: { of: 'phone', right: value => `+${digits(value)}`, wrong: [digits, value => `00${digits(value)}`] },
  givenName: { of: 'firstName', right: trimmedName, wrong: [value => value.trim()] },
  familyName: { of: 'lastName', right: trimmedName, wrong: [value => value.trim()] },
};
