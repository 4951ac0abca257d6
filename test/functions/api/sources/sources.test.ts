import { beforeEach, describe, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const create = (body: object = { name: 'Shop', kind: 'web' }, headers = {}) =>
  platform.call('createSource', { body, headers });
const update = (id: string, body: object) => platform.call('updateSource', { params: { id }, body });
const track = (key: string, body: object = { type: 'page_view', anonymousId: 'a-1' }) =>
  platform.call('trackEvent', { key, body });
const find = async (id: string) => (await platform.call('listSources')).data.items.find(one => one.id === id);

describe('a source', () => {
  test('is a write key that is shown once, and sends events and nothing else', async () => {
    const { status, data } = await create();
    expect(status).toBe(201);
    expect(data).toMatchObject({
      name: 'Shop',
      kind: 'web',
      enabled: true,
      eventsPerMinute: 0,
      totals: { accepted: 0 },
    });
    expect((await track(data.key)).status).toBe(202);
    expect((await platform.call('listSources', { key: data.key })).status).toBe(403);
    const secret = data.key.split('_')[3] ?? 'none';
    expect(JSON.stringify(platform.changes) + (await platform.call('listSources')).text).not.toContain(secret);
  });

  test('is the same for the same request under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'once' };
    const [first, second] = [await create(undefined, headers), await create(undefined, headers)];
    expect(second.data).toEqual(first.data);
    expect((await create({ name: 'Shop', kind: 'ios' }, headers)).status).toBe(422);
  });

  test('any write key is one, of no particular kind', async () => {
    const { items } = (await platform.call('listSources')).data;
    expect(items).toMatchObject([{ kind: 'other', name: 'a key of the test' }]);
  });
});

describe('what comes from a source', () => {
  test('is told with its rate, and when it was seen last', async () => {
    const { data } = await create();
    await track(data.key);
    platform.clock.advance(10_000);
    await track(data.key);
    expect(await find(data.id)).toMatchObject({
      ...{ eventsPerMinute: 2, errorsPerMinute: 0, totals: { accepted: 2, rejected: 0 } },
      lastSeenAt: '2026-02-15T12:00:10.000Z',
    });
    platform.clock.advance(120_000);
    expect(await find(data.id)).toMatchObject({ eventsPerMinute: 0, totals: { accepted: 2 } });
  });

  test('its errors are told: what was refused, what is kept aside, what is not as planned', async () => {
    const { data } = await create();
    await platform.call('setSchema', {
      params: { eventType: 'custom' },
      body: { mode: 'enforce', schema: { required: ['a'] } },
    });
    const events = [
      { type: 'custom', anonymousId: 'a-1' },
      { type: 'page_view' },
      { type: 'page_view', anonymousId: 'a-1' },
    ];
    await platform.call('trackEvents', { key: data.key, body: { events } });
    expect(await find(data.id)).toMatchObject({
      errorsPerMinute: 2,
      totals: { accepted: 2, rejected: 1, quarantined: 1, violations: 1 },
      lastError: { path: 'identifiers', reason: expect.any(String) },
    });
  });

  test('a single event that is refused is an error, too', async () => {
    const { data } = await create();
    expect((await track(data.key, { type: 'page_view' })).status).toBe(422);
    expect(await find(data.id)).toMatchObject({ totals: { accepted: 0, rejected: 1 } });
  });

  test('what an SDK sends counts', async () => {
    const { data } = await create();
    const headers = { authorization: `Basic ${Buffer.from(`${data.key}:`).toString('base64')}` };
    const call = { type: 'track', event: 'x', anonymousId: 'a-1' };
    const send = (more = {}) =>
      platform.call('POST /v1/batch', { key: null, headers: { ...headers, ...more }, body: { batch: [call, {}] } });
    await send();
    platform.clock.advance(10_000);
    expect((await send({ 'x-strict-mode': '1' })).status).toBe(400);
    expect(await find(data.id)).toMatchObject({ totals: { accepted: 2, rejected: 2, quarantined: 1 } });
  });
});

describe('a disabled source', () => {
  test('is refused what its SDKs send, too, and they get no settings', async () => {
    const { data } = await create();
    const headers = { authorization: `Basic ${Buffer.from(`${data.key}:`).toString('base64')}` };
    const answers = async () => {
      const sent = await platform.call('POST /v1/page', { key: null, headers, body: { anonymousId: 'a-1' } });
      const told = await platform.call(`GET /v1/projects/${data.key}/settings`, { key: null });
      return [sent.status, told.status];
    };
    expect(await answers()).toEqual([200, 200]);
    await update(data.id, { enabled: false });
    platform.clock.advance(60_000);
    expect(await answers()).toEqual([401, 401]);
    await update(data.id, { enabled: true });
    expect(await answers()).toEqual([200, 200]);
  });

  test('is refused at most 60 seconds later, and taken again when it is enabled', async () => {
    const { data } = await create();
    await track(data.key);
    expect((await update(data.id, { enabled: false })).data.enabled).toBe(false);
    platform.clock.advance(60_000);
    expect((await track(data.key)).status).toBe(401);
    expect((await platform.call('testSource', { params: { id: data.id } })).error.code).toBe('CONFLICT');
    expect((await update(data.id, { enabled: true })).data.enabled).toBe(true);
    expect((await track(data.key)).status).toBe(202);
  });

  test('what is not said stays, and the same again changes nothing', async () => {
    const { data } = await create();
    await update(data.id, { enabled: false });
    const before = await platform.services.apiKeys.get(data.id);
    platform.clock.advance(1_000);
    await update(data.id, { enabled: false });
    expect(await platform.services.apiKeys.get(data.id)).toEqual(before);
    expect((await update(data.id, { name: 'Store', kind: 'server' })).data).toMatchObject({
      name: 'Store',
      kind: 'server',
      enabled: false,
    });
  });
});

test('a deleted source is refused at most 60 seconds later and stands in no list', async () => {
  const { data } = await create();
  const remove = () => platform.call('deleteSource', { params: { id: data.id } });
  expect((await remove()).status).toBe(204);
  platform.clock.advance(60_000);
  expect((await track(data.key)).status).toBe(401);
  expect(await find(data.id)).toBeUndefined();
  expect([(await remove()).status, (await update(data.id, { name: 'x' })).status]).toEqual([404, 404]);
});

test('a key that is no write key is no source', async () => {
  const { data } = await platform.call('createApiKey', { body: { name: 'Reports' } });
  expect((await update(data.id, { enabled: false })).status).toBe(404);
  expect((await platform.call('deleteSource', { params: { id: data.id } })).status).toBe(404);
});

test('a test event goes the way of all events, and all of a source are of one profile', async () => {
  const { data } = await create();
  const send = async () => (await platform.call('testSource', { params: { id: data.id } })).data;
  const [first, second] = [await send(), await send()];
  expect(first).toMatchObject({ status: 'accepted', anonymousId: `source-test-${data.id}` });
  await platform.foldEvents();
  const { data: profile } = await platform.call('lookupProfile', {
    query: { type: 'anonymousId', value: first.anonymousId },
  });
  const { items } = (await platform.call('listProfileEvents', { params: { id: profile.id } })).data;
  expect(items.map(({ id, type, source }) => [id, type, source]).toSorted()).toEqual(
    [first, second].map(({ eventId }) => [eventId, 'source_test', 'web']).toSorted(),
  );
  expect(await find(data.id)).toMatchObject({ totals: { accepted: 1 }, lastSeenAt: expect.any(String) });
});

test('events are taken while counts cannot be told', async () => {
  const { sourceActivity } = platform.services;
  const away = { ...sourceActivity, get: () => Promise.reject(new Error('away')) };
  platform = await openPlatform({ overrides: { sourceActivity: away } });
  const { data } = await create();
  expect((await track(data.key)).status).toBe(202);
});
