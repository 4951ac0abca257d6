import { beforeEach, describe, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import { addKey } from '../../fixtures/platform-keys.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const read = (key: string) => platform.call('getStats', { key });
const limitedKey = async (rateLimitPerMinute: number): Promise<string> =>
  addKey(platform.services, { scopes: ['read', 'ingest'], rateLimitPerMinute });

describe('a key with a limit', () => {
  test('is told with every answer what is left', async () => {
    const { headers } = await read(await limitedKey(10));
    expect(headers).toMatchObject({
      'ratelimit-limit': '10',
      'ratelimit-remaining': '9',
      'ratelimit-policy': '10;w=60',
      'ratelimit-percentage-used': '10',
    });
    expect(Number(headers['ratelimit-reset'])).toBeGreaterThan(0);
  });

  test('is told so by a refusal, too', async () => {
    const { status, headers } = await platform.call('getProfile', {
      key: await limitedKey(10),
      params: { id: 'profile-none' },
    });
    expect([status, headers['ratelimit-remaining']]).toEqual([404, '9']);
  });

  test('gets 429 with Retry-After in the envelope, and passes when it has waited', async () => {
    const key = await limitedKey(5);
    for (let request = 0; request < 5; request += 1) expect((await read(key)).status).toBe(200);
    const refused = await read(key);
    expect(refused.status).toBe(429);
    expect(refused.error).toMatchObject({ code: 'RATE_LIMITED', details: [], requestId: expect.any(String) });
    expect(refused.headers).toMatchObject({ 'retry-after': '12', 'ratelimit-remaining': '0' });
    expect(refused.headers['ratelimit-percentage-used']).toBe('100');
    platform.clock.advance(12_000);
    expect((await read(key)).status).toBe(200);
    expect((await read(key)).status).toBe(429);
  });

  test('takes no event beyond it', async () => {
    const key = await limitedKey(1);
    const track = () => platform.call('trackEvent', { key, body: { type: 'page_view', deviceId: 'device-1' } });
    expect((await track()).status).toBe(202);
    expect((await track()).status).toBe(429);
    expect(platform.outbox.events).toHaveLength(1);
  });

  test('does not use up what others have', async () => {
    const [one, other] = [await limitedKey(1), await limitedKey(1)];
    expect([(await read(one)).status, (await read(one)).status, (await read(other)).status]).toEqual([200, 429, 200]);
  });
});

test('a key without a limit of its own has the deployment’s, as it holds now', async () => {
  const { data } = await platform.call('createApiKey', { body: { name: 'Reports' } });
  expect((await read(data.key)).headers['ratelimit-limit']).toBe('1000');
  await platform.call('updateSettings', { body: { RATE_LIMIT_PER_MINUTE: 3 } });
  platform.clock.advance(60_000);
  expect((await read(data.key)).headers['ratelimit-limit']).toBe('3');
});

test('a key may have a limit of its own, or none', async () => {
  const make = async (rateLimitPerMinute: number | null) =>
    (await platform.call('createApiKey', { body: { name: 'Importer', rateLimitPerMinute } })).data;
  const [few, any] = [await make(2), await make(null)];
  expect([few.rateLimitPerMinute, any.rateLimitPerMinute]).toEqual([2, null]);
  for (let request = 0; request < 5; request += 1) await read(few.key);
  expect((await read(few.key)).status).toBe(429);
  for (let request = 0; request < 1100; request += 1) await read(any.key);
  const free = await read(any.key);
  expect([free.status, Object.keys(free.headers).filter(name => name.startsWith('ratelimit'))]).toEqual([200, []]);
});

test('health is told to everybody, without limit', async () => {
  for (let request = 0; request < 1100; request += 1) await platform.call('health', { key: null });
  expect((await platform.call('health', { key: null })).status).toBe(200);
});

test('while buckets cannot be reached requests pass', async () => {
  const away = () => Promise.reject(new Error('the table is away'));
  platform = await openPlatform({ overrides: { buckets: { fullAt: away, take: away } } });
  const { status, headers } = await read(await limitedKey(1));
  expect([status, headers['ratelimit-limit']]).toEqual([200, undefined]);
});
