import { describe, expect, test } from 'vitest';
import { hashed, isHashed } from '../../../../../core/engines/activation/platforms/hashed.ts';
import { platforms } from '../../../../../core/engines/activation/platforms/platforms.ts';
import { sha256 } from '../../../../../functions/adapters/sha256.ts';
import { consentedMember } from '../../../../fixtures/fake-destinations.ts';
import { hashVectors } from '../../../../fixtures/hash-vectors.ts';
import { expectedOf, sentOf } from '../../../../verify/hashing/check-vectors.ts';

test.each(hashVectors)('$platform $field of $given is sent as published', vector => {
  expect(sentOf(vector)).toBe(expectedOf(vector));
});

test('the same address is another hash at Google than at Meta', () => {
  const member = consentedMember({ id: 'profile-1', email: 'Jane.Doe+x@gmail.com' });
  const [meta, google] = [platforms.facebook.row(member, { sha256 }), platforms.google.row(member, { sha256 })];
  expect(meta?.EMAIL).toBe(sha256('jane.doe+x@gmail.com'));
  expect(google?.emailAddress).toBe(sha256('janedoe@gmail.com'));
});

describe.each(Object.values(platforms))('$name', format => {
  test('is sent no blank and nothing hashed twice', () => {
    const hash = sha256('jane@example.com');
    const member = { ...consentedMember({ id: 'profile-1', email: 'jane@example.com' }), firstName: ' ', phone: '' };
    const row = format.row(member, { sha256 }) ?? {};
    expect(Object.values(row).filter(value => value.trim() === '')).toEqual([]);
    expect(Object.values(row)).not.toContain(sha256(''));
    const given = format.row({ ...member, email: hash.toUpperCase() }, { sha256 }) ?? {};
    expect(Object.values(given)).not.toContain(sha256(hash));
  });

  test('is sent only what its list of fields names', () => {
    const bare = consentedMember({ id: 'profile-1', email: 'jane@example.com' });
    const full = {
      ...bare,
      phone: '+12125550123',
      customerId: 'c1',
      firstName: 'Jane',
      lastName: 'Doe',
      country: 'US',
    };
    const where = { city: 'Rome', state: 'NY', postalCode: '10001', gender: 'f', birthDate: '1990-01-01' };
    const all = { ...full, ...where, advertisingId: 'AB' };
    const tools = { sha256, extras: ['gender', 'birthDate', 'advertisingId'] as const };
    const known = Object.fromEntries(format.sends.map(field => [field, all[field]]));
    const told = format.row({ ...bare, ...known }, tools);
    expect(format.row(all, tools)).toEqual(told);
  });
});

test('a hash is known by its form', () => {
  expect([isHashed(sha256('a')), isHashed(sha256('a').toUpperCase()), isHashed('a')]).toEqual([true, true, false]);
  expect(hashed(sha256('a').toUpperCase(), text => text, sha256)).toBe(sha256('a'));
  expect(hashed('  ', text => text, sha256)).toBeUndefined();
});
