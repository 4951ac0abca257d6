import { beforeEach, expect, test } from 'vitest';
import { firstAdminKey } from '../../../functions/adapters/first-admin.ts';
import { secretKeyring } from '../../../functions/adapters/secret-keyring.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
  for (const { id, scopes } of await platform.services.apiKeys.all()) {
    if (scopes.includes('admin')) await platform.call('revokeApiKey', { params: { id }, key: platform.keys.admin });
    platform.clock.advance(0);
  }
});

const offered = () => firstAdminKey(platform.services.keyring, 'test', platform.clock.at);
const make = (key: string) =>
  platform.call('createApiKey', { key, body: { name: 'The first', role: 'admin', rateLimitPerMinute: null } });

test('whoever holds the platform secret makes the first admin key, once there is none', async () => {
  const { status, data } = await make(await offered());
  expect([status, data.scopes.includes('admin')]).toEqual([201, true]);
  expect((await platform.call('listApiKeys', { key: data.key })).status).toBe(200);
});

test('as soon as there is an admin key it opens nothing', async () => {
  await make(await offered());
  expect((await make(await offered())).status).toBe(401);
});

test('nor where a person is admin', async () => {
  const key = await offered();
  await platform.call('inviteUser', { key, body: { email: 'ada@team.example', roles: ['admin'] } });
  expect((await make(await offered())).status).toBe(401);
});

test('it is good for five minutes', async () => {
  const key = await offered();
  platform.clock.advance(5 * 60_000 + 1);
  expect((await make(key)).status).toBe(401);
});

test.each([
  [
    'of another secret',
    () =>
      firstAdminKey(
        secretKeyring(async () => 'another'),
        'test',
        platform.clock.at,
      ),
  ],
  ['of the future', () => firstAdminKey(platform.services.keyring, 'test', platform.clock.at + 600_000)],
  ['whose time was changed', async () => (await offered()).replace(/first0/, 'first1')],
])('one %s is refused', async (_name, key) => {
  expect((await make(await key())).status).toBe(401);
});
