import { expect, test } from 'vitest';
import { consentWithdrawn, type Sendable, sentChanges } from '../../../../core/engines/activation/sent-changes.ts';

const person: Sendable = {
  attributes: { tags: [], customFields: {}, firstName: 'Ann', country: 'DE' },
  consent: { email: true, updatedAt: '2026-02-15T12:00:00.000Z' },
  externalIds: { email: 'ann@example.com', deviceIds: ['d1'] },
};

test.each<[string, Partial<Sendable>, boolean]>([
  ['a name', { attributes: { ...person.attributes, firstName: 'Anna' } }, true],
  ['a country', { attributes: { ...person.attributes, country: 'FR' } }, true],
  ['an address', { externalIds: { ...person.externalIds, email: 'anna@example.com' } }, true],
  ['a number', { externalIds: { ...person.externalIds, customerId: '7' } }, true],
  ['a consent', { consent: { ...person.consent, sms: true } }, true],
  ['a withdrawal', { consent: { ...person.consent, email: false } }, true],
  ['a tag', { attributes: { ...person.attributes, tags: ['vip'] } }, false],
  ['a city', { attributes: { ...person.attributes, city: 'Rome' } }, true],
  ['a company', { attributes: { ...person.attributes, company: 'ACME' } }, false],
  ['a device', { externalIds: { ...person.externalIds, deviceIds: ['d1', 'd2'] } }, false],
  ['the time of a consent', { consent: { ...person.consent, updatedAt: '2026-02-16T12:00:00.000Z' } }, false],
])('%s: concerns destinations: %j', (_what, change, expected) => {
  expect(sentChanges(person, { ...person, ...change })).toBe(expected);
});

test.each([
  [true, false, true],
  [true, undefined, true],
  [false, true, false],
  [undefined, false, false],
  [true, true, false],
])('from %s to %s: withdrawn: %s', (before, after, expected) => {
  const consent = (email: boolean | undefined) => ({ ...person, consent: email === undefined ? {} : { email } });
  expect(consentWithdrawn(consent(before), consent(after))).toBe(expected);
});
