import { expect, test } from 'vitest';
import { matchRecord } from '../../../../core/engines/identity/match-record.ts';
import type { AttributeKind } from '../../../../core/engines/identity/normal-forms.ts';

test.each<[AttributeKind, string, string | undefined]>([
  ['givenName', 'Dr. Jean-Luc', 'jean luc'],
  ['givenName', 'Sir', undefined],
  ['givenName', '1st', undefined],
  ['familyName', "O'Neill, Jr.", 'oneill'],
  ['familyName', 'Møller-Großmann', 'moller grossmann'],
  ['birthDate', '1990-02-01T00:00:00Z', '19900201'],
  ['birthDate', '1.2.1990', '19900201'],
  ['birthDate', '1857-00-27', '18570027'],
  ['birthDate', 'in spring', undefined],
  ['city', '  Saint-Étienne ', 'saint etienne'],
  ['postalCode', 'TS19 0SH', 'ts19 0sh'],
  ['email', 'Jane.Doe+x@GoogleMail.com', 'janedoe@gmail.com'],
  ['email', 'jane at home', undefined],
  ['phone', '+1-555-123-4567', '15551234567'],
  ['phone', '12', undefined],
  ['text', 'N/A!', 'n a'],
  ['text', 'unknown', undefined],
  ['text', '', undefined],
])('a %s %j is compared as %j', (kind, given, expected) => {
  expect(matchRecord({ it: given }, { it: kind }).attributes.it).toBe(expected);
});

test('identifiers are kept by type under the key that they match by; malformed and shared ones are left out', () => {
  const { identifiers } = matchRecord({}, {}, [
    { type: 'email', value: 'Jane@Example.com' },
    { type: 'email', value: 'no address' },
    { type: 'deviceId', value: 'd-1' },
    { type: 'deviceId', value: 'd-2' },
    { type: 'advertisingId', value: '00000000-0000-0000-0000-000000000000' },
  ]);
  expect(identifiers).toEqual({ email: ['email#jane@example.com'], deviceId: ['deviceId#d-1', 'deviceId#d-2'] });
});
