import { describe, expect, test } from 'vitest';
import { hashSecret, keyVerifier, type StoredApiKey } from '../../../functions/adapters/key-verifier.ts';
import { secretKeyring } from '../../../functions/adapters/secret-keyring.ts';
import { keys } from '../../../functions/adapters/stores/access-patterns.ts';
import { tableCollection } from '../../../functions/adapters/stores/table-collection.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';

const keyring = secretKeyring(async () => 'pepper');
const [id, secret] = ['0'.repeat(25).concat('1'), 'ab'.repeat(24)];
const text = `cdp_test_${id}_${secret}`;
const start = Date.parse('2026-02-15T12:00:00.000Z');

/** A verifier over one stored key, with a clock that is moved by hand and a count of readings. */
const opened = async (parts: Partial<StoredApiKey> = {}) => {
  const clock = { at: start, readings: 0 };
  const apiKeys = tableCollection<StoredApiKey>(memoryTable(), keys.apiKey);
  const key: StoredApiKey = {
    id: `key-${id}`,
    version: 1,
    name: 'of a test',
    kind: 'secret',
    scopes: ['read'],
    fieldPolicy: {},
    prefix: 'cdp_test',
    createdAt: new Date(start).toISOString(),
    hash: await hashSecret(keyring, secret),
    ...parts,
  };
  await apiKeys.add(key);
  const counted = {
    ...apiKeys,
    get: (wanted: string) => {
      clock.readings += 1;
      return apiKeys.get(wanted);
    },
  };
  return { clock, apiKeys, key, verify: keyVerifier(counted, keyring, () => clock.at) };
};

test('the bearer of a key is known by it', async () => {
  const { verify } = await opened();
  expect(await verify(text)).toEqual({ id: `key-${id}`, kind: 'secret', scopes: ['read'], fieldPolicy: {} });
});

test.each([
  ['another secret', `cdp_test_${id}_${'cd'.repeat(24)}`],
  ['another id', `cdp_test_${'9'.repeat(26)}_${secret}`],
  ['nothing', ''],
  ['the id alone', `key-${id}`],
  ['a key of another form', `${text}0`],
])('%s is no key', async (_, given) => {
  const { verify } = await opened();
  expect(await verify(given)).toBeUndefined();
});

test('a key that was revoked is refused after at most 60 seconds', async () => {
  const { verify, clock, apiKeys, key } = await opened();
  expect(await verify(text)).toBeDefined();
  await apiKeys.replace({ ...key, version: 2, revokedAt: new Date(clock.at).toISOString() });
  clock.at += 60_000;
  expect(await verify(text)).toBeUndefined();
});

test('a key is not read again for every request', async () => {
  const { verify, clock } = await opened();
  for (let request = 0; request < 10; request += 1) await verify(text);
  expect(clock.readings).toBe(1);
});

test('a key that ends is refused at that very moment, remembered or not', async () => {
  const { verify, clock } = await opened({ expiresAt: new Date(start + 5000).toISOString() });
  clock.at = start + 4999;
  expect(await verify(text)).toBeDefined();
  clock.at = start + 5000;
  expect(await verify(text)).toBeUndefined();
});

test.each([
  ['malformed', 'cdp_test_nonsense', {}],
  ['too long', 'x'.repeat(10_000), {}],
  ['unknown', `cdp_test_${'9'.repeat(26)}_${secret}`, {}],
  ['wrong', `cdp_test_${id}_${'cd'.repeat(24)}`, {}],
  ['expired', text, { expiresAt: new Date(start).toISOString() }],
  ['revoked', text, { revokedAt: new Date(start).toISOString() }],
  ['rotated long ago', text, { hash: 'f'.repeat(64), previous: { hash: '', until: new Date(start).toISOString() } }],
])('a key that is %s costs one reading to refuse, each time', async (_name, given, parts) => {
  const { verify, clock } = await opened(parts as Partial<StoredApiKey>);
  for (let time = 1; time <= 3; time += 1) {
    expect(await verify(given)).toBeUndefined();
    expect(clock.readings).toBe(time);
  }
});

describe('a key with a new secret', () => {
  const before = 'ef'.repeat(24);
  const withSecret = (one: string) => `cdp_test_${id}_${one}`;
  const rotated = async () =>
    opened({ previous: { hash: await hashSecret(keyring, before), until: new Date(start + 3_600_000).toISOString() } });

  test('opens by both until the time of grace is over, and by the new one for good', async () => {
    const { verify, clock } = await rotated();
    clock.at = start + 3_599_999;
    expect(await verify(withSecret(before))).toBeDefined();
    expect(await verify(withSecret(secret))).toBeDefined();
    clock.at = start + 3_600_000;
    expect(await verify(withSecret(before))).toBeUndefined();
    expect(await verify(withSecret(secret))).toBeDefined();
  });

  test('is taken at once where the one before it is remembered', async () => {
    const { verify, apiKeys, key } = await opened();
    expect(await verify(text)).toBeDefined();
    const hash = await hashSecret(keyring, before);
    await apiKeys.replace({ ...key, version: 2, hash });
    expect(await verify(withSecret(before))).toBeDefined();
  });

  test('is refused by both once it is revoked', async () => {
    const { verify, apiKeys, key, clock } = await rotated();
    await apiKeys.replace({ ...key, version: 2, revokedAt: new Date(clock.at).toISOString() });
    expect([await verify(withSecret(before)), await verify(withSecret(secret))]).toEqual([undefined, undefined]);
  });
});
