import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byStrength,
  e164,
  emailKey,
  Identifier,
  identifierTypes,
  impliedIdentifiers,
  isBlockedValue,
  isEmailAddress,
  matchKey,
  whyUnusable,
} from '../../../core/model/identifier.ts';

test.each([
  ['+1-555-123-4567', undefined, '+15551234567'],
  ['+49 30 901820', undefined, '+4930901820'],
  ['(030) 901820', 'DE', '+4930901820'],
  ['555-123', undefined, '555123'],
  ['+999 12345', undefined, '+99912345'],
])('the number %s of %s is %s', (given, country, expected) => {
  expect(e164(given, country)).toBe(expected);
});

test('the number of the example is found by its digits', () => {
  expect(matchKey({ type: 'phone', value: '+1-555-123-4567' })).toBe('phone#15551234567');
});

test.each([
  ['Jane.Doe+x@GoogleMail.com', 'janedoe@gmail.com'],
  ['JANE@Example.com ', 'jane@example.com'],
  ['jane.doe@example.com', 'jane.doe@example.com'],
  ['jane+x@example.com', 'jane+x@example.com'],
  ['jane.d+x@outlook.com', 'jane.d@outlook.com'],
  ['+x@gmail.com', '+x@gmail.com'],
])('%s is matched as %s', (given, expected) => {
  expect(emailKey(given)).toBe(expected);
});

test('the key of an address is its own key', () => {
  fc.assert(
    fc.property(fc.emailAddress(), address => {
      expect(emailKey(emailKey(address))).toBe(emailKey(address));
    }),
  );
});

test.each(['jane@example.com', "o'neil@example.co.uk", 'jane+tag@sub.example.com', 'ü@exämple.de'])(
  '%s is an address',
  text => {
    expect(isEmailAddress(text)).toBe(true);
  },
);

test.each([
  'jane',
  '@example.com',
  'jane@',
  'jane@example',
  'jane@@example.com',
  'jane@.com',
  'jane@-example.com',
  'jane doe@example.com',
  '.jane@example.com',
  'ja..ne@example.com',
  'jane.@example.com',
  `${'a'.repeat(65)}@example.com`,
  `jane@${'a'.repeat(64)}.com`,
  'jane@example.com, john@example.com',
])('%s is no address', text => {
  expect(isEmailAddress(text)).toBe(false);
});

test.each([
  ...['', '0', '000-000', '---', '-1', 'null', 'NULL', 'None', 'undefined', 'anonymous', ' Guest ', 'void', 'abc123'],
  ...['[object Object]', 'NaN', 'true', 'test@test.com', 'noreply@shop.example', '1234567890', 'distinct_id'],
  '00000000-0000-0000-0000-000000000000',
])('%j is shared by many and identifies nobody', value => {
  expect(isBlockedValue(value)).toBe(true);
  expect(whyUnusable({ type: 'customerId', value })).toBeDefined();
});

test.each(['1', 'C-0001', '10', 'nullable', 'jane@example.com'])('%j may identify someone', value => {
  expect(isBlockedValue(value)).toBe(false);
});

test.each([
  [{ type: 'email', value: 'not an address' }, 'is not an e-mail address'],
  [{ type: 'phone', value: '+1 23' }, 'has fewer than five digits'],
  [{ type: 'deviceId', value: 'unknown' }, 'is a value that many people share'],
  [{ type: 'customerId', value: 'not an address' }, undefined],
] as const)('%j: %s', (identifier, reason) => {
  expect(whyUnusable(identifier)).toBe(reason);
});

test('identifiers of different types never match, whatever their values', () => {
  const types = fc.constantFrom(...identifierTypes, 'custom:crm' as const);
  fc.assert(
    fc.property(types, types, fc.string(), fc.string(), (left, right, one, other) => {
      fc.pre(left !== right);
      expect(matchKey({ type: left, value: one })).not.toBe(matchKey({ type: right, value: other }));
    }),
  );
});

test('blanks around a value do not matter, its case does unless the type says so', () => {
  expect(matchKey({ type: 'customerId', value: ' C1 ' })).toBe('customerId#C1');
  expect(matchKey({ type: 'advertisingId', value: 'AB-1' })).toBe('advertisingId#ab-1');
});

test('the strongest identifier comes first, custom ones last in the order of their names', () => {
  const given = ['custom:b', 'cookie', 'custom:a', 'email', 'customerId'] as const;
  const sorted = given.map(type => ({ type, value: 'x' })).sort(byStrength);
  expect(sorted.map(({ type }) => type)).toEqual(['customerId', 'email', 'cookie', 'custom:a', 'custom:b']);
});

test('an address and a number of someone also tell who they are', () => {
  expect(impliedIdentifiers({ email: 'jane@example.com', phone: '030 901820', country: 'DE' })).toEqual([
    { type: 'email', value: 'jane@example.com' },
    { type: 'phone', value: '+4930901820' },
  ]);
  expect(impliedIdentifiers({ email: null, phone: undefined })).toEqual([]);
});

test.each([
  [{ type: 'custom:crm_id', value: '1' }, true],
  [{ type: 'custom:', value: '1' }, false],
  [{ type: 'custom:a#b', value: '1' }, false],
  [{ type: 'passport', value: '1' }, false],
  [{ type: 'email', value: '' }, false],
  [{ type: 'email', value: 'a'.repeat(257) }, false],
  [{ type: 'email', value: 'a', more: 1 }, false],
])('%j: %s', (given, accepted) => {
  expect(Identifier.safeParse(given).success).toBe(accepted);
});
