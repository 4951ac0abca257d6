import { expect, test } from 'vitest';
import { externalIdsOf, identifiersIn } from '../../../../core/engines/profiles/external-ids.ts';

const all = {
  email: 'jane@example.com',
  phone: '+15551234567',
  customerId: 'C1',
  deviceIds: ['d1', 'd2'],
  anonymousIds: ['a1'],
  cookies: ['k1'],
  advertisingIds: ['i1'],
  custom: { crm: '7', shop: '8' },
};

test('every identifier that a body names comes back in the answer', () => {
  expect(externalIdsOf(identifiersIn(all))).toEqual(all);
});

test('of a kind that is answered once the newest stands', () => {
  const emails = ['old@example.com', 'new@example.com'].map(value => ({ type: 'email' as const, value }));
  expect(externalIdsOf(emails)).toEqual({ email: 'new@example.com' });
});

test('who has no identifiers has an empty answer', () => {
  expect(externalIdsOf([])).toEqual({});
  expect(identifiersIn()).toEqual([]);
});
