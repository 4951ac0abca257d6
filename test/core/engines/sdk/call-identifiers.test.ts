import { expect, test } from 'vitest';
import { calledBy } from '../../../../core/engines/sdk/call-identifiers.ts';
import type { CallType } from '../../../../core/engines/sdk/sdk-call.ts';

const who = (type: CallType, given: Record<string, unknown>, context: Record<string, unknown> = {}) =>
  calledBy({ type, given, context });

test.each([
  [{ userId: 'u' }, [{ type: 'customerId', value: 'u' }]],
  [{ userId: 42 }, [{ type: 'customerId', value: '42' }]],
  [{ userId: '' }, undefined],
  [{ userId: null }, undefined],
  [{ userId: { id: 1 } }, undefined],
])('%j', (given, identifiers) => {
  expect(who('track', given).identifiers).toEqual(identifiers);
});

test('an alias names somebody who was not known by name', () => {
  expect(who('alias', { userId: 'u', previousId: 'anon' }).identifiers).toEqual([
    { type: 'customerId', value: 'u' },
    { type: 'anonymousId', value: 'anon' },
  ]);
  expect(who('track', { userId: 'u', previousId: 'anon' }).identifiers).toHaveLength(1);
});

test('an address in the context tells who it is, and of a company’s traits nothing does', () => {
  expect(who('track', {}, { traits: { email: 'a@example.com' } }).identifiers).toEqual([
    { type: 'email', value: 'a@example.com' },
  ]);
  expect(who('group', { traits: { email: 'office@example.com' } }).identifiers).toBeUndefined();
});

test('devices and identifiers of other systems', () => {
  const context = {
    device: { id: 'd-1', advertisingId: 'ad-1' },
    externalIds: [{ type: 'ios.idfa', id: 'ad-2' }, { type: 'crm contact', id: 9 }, 'odd', { id: 'x' }],
    externalId: [{ type: 'email', id: 'a@example.com' }],
  };
  expect(who('track', { anonymousId: 'anon' }, context)).toEqual({
    anonymousId: 'anon',
    deviceId: 'd-1',
    identifiers: [
      { type: 'advertisingId', value: 'ad-1' },
      { type: 'advertisingId', value: 'ad-2' },
      { type: 'custom:crm_contact', value: '9' },
      { type: 'email', value: 'a@example.com' },
    ],
  });
});

test('there are never more than an event may have', () => {
  const externalIds = Array.from({ length: 30 }, (_, index) => ({ type: `t${index}`, id: 'x' }));
  expect(who('track', { userId: 'u' }, { externalIds }).identifiers).toHaveLength(20);
});
