import { expect, test } from 'vitest';
import { mergeBody } from '../../../../core/engines/profiles/merge-body.ts';

const identifiersOf = (parts: ReturnType<typeof mergeBody>): string[] =>
  parts.identifiers.map(({ type, value }) => `${type}=${value}`);

test('flat names are attributes, and an address and a number are identifiers, too', () => {
  const parts = mergeBody({ email: 'jane@example.com', firstName: 'Jane', phone: '+1-555-123-4567', tags: ['vip'] });
  expect(parts.attributes).toEqual({
    email: 'jane@example.com',
    firstName: 'Jane',
    phone: '+1-555-123-4567',
    tags: ['vip'],
  });
  expect(identifiersOf(parts)).toEqual(['email=jane@example.com', 'phone=+15551234567']);
});

test('nested parts say the same', () => {
  const parts = mergeBody({
    externalIds: { email: 'jane@example.com', customerId: 'C1', deviceIds: ['d1', 'd2'], custom: { crm: '7' } },
    attributes: { firstName: 'Jane' },
  });
  expect(parts.attributes).toEqual({ email: 'jane@example.com', firstName: 'Jane' });
  expect(identifiersOf(parts)).toEqual([
    'email=jane@example.com',
    'customerId=C1',
    'deviceId=d1',
    'deviceId=d2',
    'custom:crm=7',
  ]);
});

test('where both shapes stand, what is nested wins and the rest adds up', () => {
  const parts = mergeBody({
    firstName: 'Jane',
    city: 'Rome',
    customerId: 'C1',
    customFields: { plan: 'free', size: 1 },
    attributes: { firstName: 'Joan', customFields: { plan: 'pro' } },
  });
  expect(parts.attributes).toEqual({ firstName: 'Joan', city: 'Rome', customFields: { plan: 'pro', size: 1 } });
  expect(identifiersOf(parts)).toEqual(['customerId=C1']);
});

test('an address under the identifiers that differs from the attribute identifies all the same', () => {
  const parts = mergeBody({ email: 'home@example.com', externalIds: { email: 'work@example.com' } });
  expect(parts.attributes.email).toBe('home@example.com');
  expect(identifiersOf(parts)).toEqual(['email=home@example.com', 'email=work@example.com']);
});

test('a national number is read with the country of the body', () => {
  expect(identifiersOf(mergeBody({ phone: '030 901820', country: 'DE' }))).toEqual(['phone=+4930901820']);
});

test('consent is no attribute', () => {
  expect(mergeBody({ firstName: 'Jane', consent: { email: true } }).attributes).toEqual({ firstName: 'Jane' });
});
