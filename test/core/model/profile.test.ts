import { expect, test } from 'vitest';
import {
  AttributesPatch,
  ComputedPatch,
  ConsentPatch,
  Country,
  ExternalIdsInput,
} from '../../../core/model/profile.ts';

test.each([
  ['uk', 'GB'],
  [' de ', 'DE'],
  ['US', 'US'],
])('the country %s is %s', (given, expected) => {
  expect(Country.parse(given)).toBe(expected);
});

test('any part of the attributes may be written, and null clears', () => {
  const patch = { firstName: 'Jane', phone: null, tags: ['vip'], customFields: { plan: 'pro', old: null } };
  expect(AttributesPatch.parse(patch)).toEqual(patch);
});

test.each([
  ['an unknown attribute', { nickname: 'J' }],
  ['a custom field that would reach into objects', { customFields: { constructor: 1 } }],
  ['a custom field with a nested object', { customFields: { a: { b: 1 } } }],
  ['a number that no store keeps', { customFields: { a: 1e130 } }],
  ['a bad address', { email: 'jane' }],
  ['a short number', { phone: '12' }],
  ['a birth date that is none', { birthDate: '2026-02-30' }],
  ['a country by name', { country: 'Germany' }],
  ['a tag of nothing', { tags: [''] }],
])('%s is refused', (_, patch) => {
  expect(AttributesPatch.safeParse(patch).success).toBe(false);
});

test('consent is yes or no, by known channels', () => {
  expect(ConsentPatch.safeParse({ email: true, sms: false }).success).toBe(true);
  for (const bad of [{ email: 'yes' }, { fax: true }, { email: null }]) {
    expect(ConsentPatch.safeParse(bad).success).toBe(false);
  }
});

test('values set by hand keep money exact', () => {
  expect(ComputedPatch.parse({ ltv: 299.99, purchaseCount: 1 })).toEqual({ ltv: '299.99', purchaseCount: 1 });
  for (const bad of [{ purchaseCount: 1.5 }, { churnRisk: 101 }, { firstSeenDate: 'yesterday' }, { visits: 1 }]) {
    expect(ComputedPatch.safeParse(bad).success).toBe(false);
  }
});

test('external ids are trimmed and never empty', () => {
  expect(ExternalIdsInput.parse({ customerId: ' C1 ', deviceIds: ['d1'] })).toEqual({
    customerId: 'C1',
    deviceIds: ['d1'],
  });
  for (const bad of [{ customerId: ' ' }, { deviceIds: [''] }, { custom: { 'a#b': '1' } }, { passport: '1' }]) {
    expect(ExternalIdsInput.safeParse(bad).success).toBe(false);
  }
});
