import { beforeEach, describe, expect, test } from 'vitest';
import { roles } from '../../../../core/model/caller.ts';
import { readApiKey } from '../../../../functions/adapters/key-verifier.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const create = (body: unknown, headers = {}) => platform.call('createApiKey', { body, headers });
const statusWith = async (key: string, id: 'getStats' | 'trackEvent' | 'listApiKeys' = 'getStats') =>
  (
    await platform.call(id as 'getStats', {
      key,
      ...(id === 'trackEvent' ? { body: { type: 'page_view', deviceId: 'device-1' } } : {}),
    })
  ).status;

describe('createApiKey', () => {
  test('answers a key that works at once, and is of the printed form', async () => {
    const { status, data } = await create({ name: 'Reports', scopes: ['read'] });
    expect(status).toBe(201);
    expect(data.key).toMatch(/^cdp_test_[0-9a-z]{26}_[0-9a-f]{48}$/);
    expect(data.id).toBe(`key-${data.key.split('_')[2]}`);
    expect(data.key.startsWith(data.prefix)).toBe(true);
    expect(await statusWith(data.key)).toBe(200);
    expect(await statusWith(data.key, 'listApiKeys')).toBe(403);
  });

  test('shows the key once: neither the store nor the list nor the audit log has its secret', async () => {
    const { data } = await create({ name: 'Reports', scopes: ['read'] });
    const secret = data.key.split('_')[3] ?? '';
    expect(JSON.stringify(platform.changes)).toContain(data.id);
    expect(JSON.stringify(platform.changes)).not.toContain(secret);
    expect((await platform.call('listApiKeys')).text).not.toContain(secret);
  });

  test.each([
    ['a secret key reads', { name: 'x' }, ['read']],
    ['a write key sends events', { name: 'x', kind: 'write' }, ['ingest']],
    ['a write key may name its scope', { name: 'x', kind: 'write', scopes: ['ingest'] }, ['ingest']],
  ])('without scopes %s', async (_name, body, scopes) => {
    expect((await create(body)).data.scopes).toEqual(scopes);
  });

  test('a write key sends events and nothing else', async () => {
    const { data } = await create({ name: 'Shop', kind: 'write' });
    expect(await statusWith(data.key, 'trackEvent')).toBe(202);
    expect(await statusWith(data.key)).toBe(403);
  });

  test.each([
    ['body.scopes', { name: 'x', kind: 'write', scopes: ['ingest', 'read'] }],
    ['body.expiresAt', { name: 'x', expiresAt: '2026-02-15T11:59:59Z' }],
    ['body.scopes.0', { name: 'x', scopes: ['everything'] }],
    ['body.name', { name: '   ' }],
  ])('refuses %s of %j', async (path, body) => {
    const { status, error } = await create(body);
    expect([status, error.details[0]?.path]).toEqual([422, path]);
    expect((await platform.call('listApiKeys')).data.total).toBe(5);
  });

  test('a key ends when it says so', async () => {
    const { data } = await create({ name: 'Short', expiresAt: '2026-02-15T12:01:00Z' });
    expect(await statusWith(data.key)).toBe(200);
    platform.clock.advance(60_000);
    expect(await statusWith(data.key)).toBe(401);
  });

  test('the field policy of a key decides what it is shown', async () => {
    const { data } = await create({ name: 'Masked', fieldPolicy: { contact: 'mask', identifier: 'drop' } });
    const profile = await platform.call('createProfile', { body: { email: 'jane@example.com', city: 'Paris' } });
    const shown = await platform.call('getProfile', { params: { id: profile.data.id }, key: data.key });
    expect(shown.data.externalIds).toEqual({});
    expect(shown.data.attributes).toMatchObject({ email: 'j***m', city: 'Paris' });
  });

  test('the same request under one Idempotency-Key gives the same key, without its secret being kept', async () => {
    const headers = { 'idempotency-key': 'once' };
    const body = { name: 'Reports', scopes: ['read'], fieldPolicy: { contact: 'mask', sensitive: 'drop' } };
    const [first, second] = [await create(body, headers), await create(body, headers)];
    expect(second.data).toEqual(first.data);
    expect(await statusWith(first.data.key)).toBe(200);
    expect((await platform.call('listApiKeys')).data.total).toBe(6);
    expect(JSON.stringify(platform.changes)).not.toContain(first.data.key.split('_')[3]);
    expect((await create({ ...body, name: 'Other' }, headers)).status).toBe(422);
    await platform.call('rotateApiKey', { params: { id: first.data.id }, body: {} });
    expect((await create(body, headers)).error.details[0]?.path).toBe('headers.idempotency-key');
  });
});

describe('an admin who is not shown everything', () => {
  const fieldPolicy = { contact: 'mask' };
  const asMasked = async () => {
    const { data } = await create({ name: 'Masked', scopes: ['admin'], fieldPolicy });
    return (id: 'createApiKey' | 'rotateApiKey' | 'inviteUser' | 'updateUser', request: object) =>
      platform.call(id as 'createApiKey', { ...request, key: data.key });
  };

  test('makes no key that is shown more', async () => {
    const call = await asMasked();
    const make = async (body: object) => (await call('createApiKey', { body: { name: 'x', ...body } })).status;
    expect(await make({ scopes: ['read'] })).toBe(403);
    expect(await make({ role: 'admin' })).toBe(403);
    expect(await make({ scopes: ['read'], fieldPolicy })).toBe(201);
    expect(await make({ role: 'analyst' })).toBe(201);
    expect(await make({ kind: 'write' })).toBe(201);
  });

  test('gets no new secret of one that is shown more', async () => {
    const { data } = await create({ name: 'Open' });
    const { status } = await (await asMasked())('rotateApiKey', { params: { id: data.id }, body: {} });
    expect([status, (await platform.services.apiKeys.get(data.id))?.version]).toEqual([403, 1]);
  });

  test('gives nobody a role that is shown more', async () => {
    const call = await asMasked();
    const invited = await call('inviteUser', { body: { email: 'a@team.example', roles: ['analyst'] } });
    expect(invited.status).toBe(201);
    expect((await call('inviteUser', { body: { email: 'b@team.example', roles: ['privacy'] } })).status).toBe(403);
    const params = { id: invited.data.id };
    expect((await call('updateUser', { params, body: { roles: ['analyst', 'admin'] } })).status).toBe(403);
    expect((await call('updateUser', { params, body: { roles: ['read-only'] } })).status).toBe(200);
  });
});

test('listApiKeys pages through all keys, without hashes', async () => {
  await create({ name: 'Newest' });
  const first = (await platform.call('listApiKeys', { query: { limit: 4 } })).data;
  expect(first).toMatchObject({ total: 6, limit: 4, nextCursor: expect.any(String) });
  const second = (await platform.call('listApiKeys', { query: { limit: 4, cursor: first.nextCursor } })).data;
  const all = [...first.items, ...second.items];
  expect(new Set(all.map(({ id }) => id)).size).toBe(6);
  expect(all[0]?.name).toBe('Newest');
  expect(JSON.stringify(all)).not.toContain('hash');
});

describe('revokeApiKey', () => {
  const revoke = (id: string) => platform.call('revokeApiKey', { params: { id } });

  test('the key is refused at most 60 seconds later, and stands in the list as revoked', async () => {
    const { data } = await create({ name: 'Gone' });
    expect(await statusWith(data.key)).toBe(200);
    expect((await revoke(data.id)).status).toBe(204);
    platform.clock.advance(60_000);
    expect(await statusWith(data.key)).toBe(401);
    const { items } = (await platform.call('listApiKeys')).data;
    expect(items.find(({ id }) => id === data.id)?.revokedAt).toBe('2026-02-15T12:00:00.000Z');
  });

  test('a second time changes nothing', async () => {
    const { data } = await create({ name: 'Gone' });
    await revoke(data.id);
    platform.clock.advance(1000);
    expect((await revoke(data.id)).status).toBe(204);
    expect(await platform.services.apiKeys.get(data.id)).toMatchObject({
      revokedAt: '2026-02-15T12:00:00.000Z',
      version: 2,
    });
  });
});

describe('rotateApiKey', () => {
  const rotate = (id: string, body: unknown = {}, headers = {}) =>
    platform.call('rotateApiKey', { params: { id }, body, headers });

  test('the new key is taken at once; the old one for a day, and then not', async () => {
    const { data } = await create({ name: 'Reports', scopes: ['read'] });
    const { data: rotated } = await rotate(data.id);
    expect(rotated).toMatchObject({ id: data.id, previousSecretUntil: '2026-02-16T12:00:00.000Z' });
    expect([await statusWith(data.key), await statusWith(rotated.key)]).toEqual([200, 200]);
    platform.clock.advance(24 * 3_600_000);
    expect([await statusWith(data.key), await statusWith(rotated.key)]).toEqual([401, 200]);
  });

  test('without grace the old one is refused within 60 seconds', async () => {
    const { data } = await create({ name: 'Leaked' });
    await statusWith(data.key);
    const { data: rotated } = await rotate(data.id, { graceSeconds: 0 });
    expect(rotated.previousSecretUntil).toBeUndefined();
    platform.clock.advance(60_000);
    expect([await statusWith(data.key), await statusWith(rotated.key)]).toEqual([401, 200]);
  });

  test('shows the key once: neither the store nor the list has its secret', async () => {
    const { data } = await create({ name: 'Reports' });
    const { data: rotated } = await rotate(data.id);
    const secret = rotated.key.split('_')[3] ?? '';
    expect(JSON.stringify(platform.changes)).not.toContain(secret);
    expect((await platform.call('listApiKeys')).text).not.toMatch(/hash|"previous"/);
  });

  test('the same request under one Idempotency-Key gives the same key', async () => {
    const { data } = await create({ name: 'Reports' });
    const headers = { 'idempotency-key': 'once' };
    const [first, second] = [await rotate(data.id, {}, headers), await rotate(data.id, {}, headers)];
    expect(second.data.key).toBe(first.data.key);
    expect((await platform.services.apiKeys.get(data.id))?.version).toBe(2);
    await rotate(data.id);
    expect((await rotate(data.id, {}, headers)).status).toBe(422);
  });

  test('a revoked or an expired key gets no new secret', async () => {
    const { data } = await create({ name: 'Gone', expiresAt: '2026-02-15T12:01:00Z' });
    platform.clock.advance(60_000);
    expect((await rotate(data.id)).error.code).toBe('CONFLICT');
  });

  test('a key that an operator thought up gets one of the printed form', async () => {
    const own = 'a-key-that-somebody-thought-up';
    const { id = '' } = readApiKey(own) ?? {};
    const hash = await platform.services.hashSecret(own);
    const at = '2026-02-15T12:00:00.000Z';
    const given = {
      name: 'Own',
      kind: 'secret',
      scopes: ['read'],
      fieldPolicy: {},
      prefix: 'a-key',
      createdAt: at,
    } as const;
    await platform.services.apiKeys.add({ ...given, id, version: 1, scopes: ['read'], hash });
    const { data } = await rotate(id, { graceSeconds: 60 });
    expect([await statusWith(own), await statusWith(data.key)]).toEqual([200, 200]);
  });
});

describe('a key with a role', () => {
  test.each(Object.entries(roles))('%s may and sees what the role does', async (role, { scopes, fieldPolicy }) => {
    const { data } = await create({ name: 'x', role });
    expect(data).toMatchObject({ scopes, fieldPolicy });
  });

  test.each([
    { name: 'x', role: 'admin', kind: 'write' },
    { name: 'x', role: 'admin', scopes: ['read'] },
  ])('%j is refused', async body => {
    expect((await create(body)).error.details[0]?.path).toBe('body.role');
  });
});
