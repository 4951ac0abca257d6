import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js';
import * as z from 'zod';

/** What may tell who someone is, strongest first: the first one known decides which profile an event belongs to. */
export const identifierTypes = [
  'customerId',
  'email',
  'phone',
  'deviceId',
  'anonymousId',
  'cookie',
  'advertisingId',
] as const;

/** A type of our own list, or `custom:<name>` for identifiers of other systems. */
export type IdentifierType = (typeof identifierTypes)[number] | `custom:${string}`;

export interface Identifier {
  type: IdentifierType;
  /** As it was given. */
  value: string;
}

export const IdentifierType = z.union([
  z.enum(identifierTypes),
  z.templateLiteral(['custom:', z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)]),
]);

export const Identifier = z.strictObject({ type: IdentifierType, value: z.string().min(1).max(256) });

const blockedPattern = /^[0-]*$/;
const blockedWords = new Set([
  ...['-1', '1234567890', '00000000-0000-0000-0000-000000000000', 'abc123', 'test@test.com', '[object object]'],
  ...['null', 'none', 'nan', 'void', 'undefined', 'true', 'false', 'unknown', 'anonymous', 'guest', 'email', 'id'],
  ...['distinctid', 'distinct_id', 'not_authenticated'],
]);

const blockedStarts = new Set([...blockedWords, '0', '-', 'noreply@'].map(word => word.charCodeAt(0)));
const [capitalA, capitalZ, toSmall, blank, lastAscii] = [0x41, 0x5a, 0x20, 0x20, 0x7f];

/** Most values are told by their first character; every identifier of every event is asked. */
const mayBeBlocked = (value: string): boolean => {
  const first = value.charCodeAt(0);
  const small = first >= capitalA && first <= capitalZ ? first + toSmall : first;
  return !(small > blank && small <= lastAscii) || blockedStarts.has(small);
};

/** Values that many people share because some client sends them for want of a better one; they identify nobody. */
export const isBlockedValue = (value: string): boolean => {
  if (!mayBeBlocked(value)) return false;
  const word = value.trim().toLowerCase();
  return blockedPattern.test(word) || blockedWords.has(word) || word.startsWith('noreply@');
};

/**
 * An address as people write it: one `@`, a local part of at most 64 characters, a domain with a dot, no blanks.
 * Linear in the length.
 */
export const isEmailAddress = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  const labels = domain.split('.');
  return (
    at > 0 &&
    at <= 64 &&
    text.length <= 254 &&
    text.indexOf('@') === at &&
    !/[\s<>()[\]\\,;:"]/.test(text) &&
    !text.startsWith('.') &&
    !text.includes('..') &&
    text[at - 1] !== '.' &&
    labels.length > 1 &&
    labels.every(label => label !== '' && label.length <= 63 && !label.startsWith('-') && !label.endsWith('-'))
  );
};

const dotlessProviders = new Set(['gmail.com', 'googlemail.com']);
const taggingProviders = new Set(['gmail.com', 'outlook.com', 'hotmail.com', 'live.com']);

/**
 * The key under which an address is matched, never sent or hashed: lower case, and without what its provider ignores.
 *
 * @example emailKey('Jane.Doe+x@GoogleMail.com') // 'janedoe@gmail.com'
 */
export const emailKey = (address: string): string => {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  const given = lower.slice(at + 1);
  const domain = given === 'googlemail.com' ? 'gmail.com' : given;
  const untagged = taggingProviders.has(domain) ? lower.slice(0, at).replace(/\+.*$/, '') : lower.slice(0, at);
  const local = dotlessProviders.has(domain) ? untagged.replaceAll('.', '') : untagged;
  return `${local === '' ? lower.slice(0, at) : local}@${domain}`;
};

/**
 * A phone number in E.164 where it can be read as one (with `country` for national numbers), else its digits, with a
 * plus if it had one. Never refuses: a number that no plan knows is still what the customer gave.
 *
 * @example e164('+1-555-123-4567') // '+15551234567'
 */
export const e164 = (phone: string, country?: string): string => {
  const parsed = parsePhoneNumber(phone, country as CountryCode | undefined);
  if (parsed?.isPossible()) return parsed.number;
  const digits = phone.replace(/\D/g, '');
  return phone.trim().startsWith('+') ? `+${digits}` : digits;
};

/** How a type's value is matched; a type without a line is matched as trimmed text. */
const keyOf: Partial<Record<IdentifierType, (value: string) => string>> = {
  email: emailKey,
  phone: value => e164(value).replace(/^\+/, ''),
  advertisingId: value => value.trim().toLowerCase(),
};

/** Why a value of this type identifies nobody, or `undefined` when it can be matched. */
export const whyUnusable = ({ type, value }: Identifier): string | undefined => {
  if (isBlockedValue(value)) return 'is a value that many people share';
  if (type === 'email' && !isEmailAddress(value.trim())) return 'is not an e-mail address';
  return type === 'phone' ? whyNoNumber(value.replace(/\D/g, '')) : undefined;
};

const whyNoNumber = (digits: string): string | undefined => {
  if (digits.length < 5) return 'has fewer than five digits';
  return isBlockedValue(digits) ? 'is a value that many people share' : undefined;
};

/** The one text by which two identifiers are the same: `<type>#<normalised value>`. */
export const matchKey = ({ type, value }: Identifier): string => `${type}#${keyOf[type]?.(value) ?? value.trim()}`;

/** The identifiers that attributes imply: an address and a number also tell who someone is. */
export const impliedIdentifiers = (
  attributes: {
    email?: string | null | undefined;
    phone?: string | null | undefined;
    country?: string | null | undefined;
  } = {},
): Identifier[] => [
  ...(attributes.email ? [{ type: 'email' as const, value: attributes.email }] : []),
  ...(attributes.phone
    ? [{ type: 'phone' as const, value: e164(attributes.phone, attributes.country ?? undefined) }]
    : []),
];

/** Strongest first; custom ones after all others, in the order of their names. */
export const byStrength = (left: Identifier, right: Identifier): number =>
  rank(left.type) - rank(right.type) || (left.type < right.type ? -1 : left.type > right.type ? 1 : 0);

const rank = (type: IdentifierType): number => {
  const index = (identifierTypes as readonly string[]).indexOf(type);
  return index < 0 ? identifierTypes.length : index;
};
