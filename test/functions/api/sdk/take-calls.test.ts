import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { unavailable } from '../../../../core/errors.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import type { PlatformAnswer } from '../../../fixtures/platform-answer.ts';
import type { PlatformRequest } from '../../../fixtures/platform-gateway.ts';
import { runRedrive } from '../../../fixtures/run-redrive.ts';
import { bytesOf, sdkRequests, withWriteKey } from '../../../fixtures/sdk-requests.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });

const send = (path: `/${string}`, body: unknown, request: PlatformRequest = {}): Promise<PlatformAnswer> =>
  platform.call(`POST ${path}`, {
    body,
    key: null,
    ...request,
    headers: { ...basic(platform.keys.write), ...request.headers },
  });

const track = (given: Record<string, unknown> = {}) => ({
  type: 'track',
  event: 'Signed Up',
  userId: 'user-1',
  messageId: 'm-1',
  ...given,
});

const batch = (...calls: unknown[]) => ({ batch: calls });
const taken = (): AcceptedEvent[] => platform.outbox.events;
const reasons = () => taken().map(({ quarantine }) => quarantine);

const profileOf = async (customerId: string) =>
  (await platform.call('lookupProfile', { query: { type: 'customerId', value: customerId } })).data;

const timelineOf = async (id: string) =>
  (await platform.call('listProfileEvents', { params: { id }, query: { limit: 100 } })).data.items;

const sessionsOf = async (id: string) =>
  (await platform.call('listProfileSessions', { params: { id }, query: { limit: 100 } })).data.items;

const sdks = [...new Set(sdkRequests.map(({ sdk }) => sdk))];

describe.each(sdks)('%s as it is on the wire', sdk => {
  const own = sdkRequests.filter(request => request.sdk === sdk && request.method === 'POST');
  const sendAll = async () => {
    for (const captured of own) {
      const request = withWriteKey(captured, platform.keys.write);
      const { status, body } = await platform.call(`POST ${request.path as '/'}`, {
        key: null,
        headers: request.headers,
        body: bytesOf(request),
      });
      expect([status, body]).toEqual([200, request.path.startsWith('/api/s/') ? { ok: true } : { success: true }]);
    }
    await platform.foldEvents();
  };

  const isOfPages = sdkRequests.some(request => request.sdk === sdk && request.method === 'OPTIONS');

  test('everything it sends is one person, with the history from before the identification', async () => {
    await sendAll();
    expect(reasons().filter(reason => reason !== undefined)).toEqual([]);
    const profile = await profileOf('user-1');
    expect(profile.externalIds).toMatchObject({ anonymousIds: ['anon-1'], email: 'user-1@example.com' });
    expect(profile.attributes).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'user-1@example.com',
      city: 'London',
      country: 'GB',
      company: 'Analytical Engines',
      customFields: { plan: 'pro', company_id: 'company-1', company_industry: 'Computing', company_employees: 12 },
    });
    expect(profile.computed).toMatchObject({ ltv: 99.5, purchaseCount: 1 });
    const types = (await timelineOf(profile.id)).map(({ type }) => type);
    for (const type of ['page_view', 'product_view', 'identify', 'group', 'purchase']) expect(types).toContain(type);
    expect((await platform.call('listProfiles')).data.total).toBe(1);
  });

  test('sent a second time, as after an answer that was lost, it changes nothing', async () => {
    await sendAll();
    const before = await profileOf('user-1');
    const events = await timelineOf(before.id);
    const sessions = await sessionsOf(before.id);
    await sendAll();
    expect(await profileOf('user-1')).toEqual(before);
    expect(await timelineOf(before.id)).toEqual(events);
    expect(await sessionsOf(before.id)).toEqual(sessions);
    expect(sessions.some(({ purchases }) => purchases === 1)).toBe(isOfPages);
  });
});

test.each([
  ['Basic', () => ({ headers: basic(platform.keys.write) })],
  ['the body', () => ({ headers: { authorization: '' }, body: { writeKey: platform.keys.write } })],
  ['X-Write-Key', () => ({ headers: { authorization: '', 'x-write-key': `${platform.keys.write}:secret` } })],
  ['the query', () => ({ headers: { authorization: '' }, query: { writeKey: platform.keys.write } })],
  ['Bearer', () => ({ headers: { authorization: `Bearer ${platform.keys.write}` } })],
])('takes a write key in %s', async (_where, given) => {
  const { body = {}, ...request } = given() as { body?: object; headers: Record<string, string> };
  expect((await send('/v1/track', { ...track(), ...body }, request)).status).toBe(200);
  expect(taken()).toHaveLength(1);
});

test.each([
  ['none', { authorization: '' }, 401],
  ['an unknown one', basic('nonsense'), 401],
  ['one that may only read', () => basic(platform.keys.read), 403],
])('refuses whoever sends as key %s', async (_name, headers, status) => {
  const given = typeof headers === 'function' ? headers() : headers;
  expect((await send('/v1/track', track(), { headers: given as Record<string, string> })).status).toBe(status);
  expect(taken()).toEqual([]);
});

test.each([
  'track',
  't',
  'identify',
  'i',
  'page',
  'p',
  'screen',
  's',
  'group',
  'g',
  'alias',
  'a',
  'batch',
  'b',
  'import',
])('knows the path /v1/%s', async call => {
  const one = track({ previousId: 'anon-9', groupId: 'g-1' });
  const body = ['batch', 'b', 'import'].includes(call) ? batch(one) : one;
  expect((await send(`/v1/${call}`, body)).body).toEqual({ success: true });
  expect(reasons()).toEqual([undefined]);
});

test('knows no other', async () => {
  expect((await send('/v1/subscribe', track())).status).toBe(404);
});

test.each([
  ['text/plain', (text: string) => Buffer.from(text), {}],
  ['application/x-www-form-urlencoded', (text: string) => gzipSync(text), { 'content-encoding': 'gzip' }],
  ['application/octet-stream', (text: string) => gzipSync(text), {}],
  ['application/octet-stream', (text: string) => Buffer.from(text), {}],
])('takes JSON whatever it is called: %s', async (type, bytes, headers) => {
  const body = bytes(JSON.stringify(track()));
  expect((await send('/v1/track', body, { headers: { 'content-type': type, ...headers } })).status).toBe(200);
  expect(reasons()).toEqual([undefined]);
});

test('what the body says holds for each call of the batch, unless the call says otherwise', async () => {
  await send('/v1/batch', {
    sentAt: '2026-02-15T10:00:30.000Z',
    context: { locale: 'de', app: { name: 'Shop' } },
    integrations: { Ads: false },
    batch: [
      track({ timestamp: '2026-02-15T10:00:00.000Z', context: { locale: 'en' } }),
      track({ messageId: 'm-2', timestamp: '2026-02-15T10:00:00.000Z', sentAt: '2026-02-15T10:00:10.000Z' }),
    ],
  });
  const [first, second] = taken();
  expect(first).toMatchObject({
    timestamp: '2026-02-15T11:59:30.000Z',
    context: { locale: 'en', app: { name: 'Shop' }, integrations: { Ads: false } },
  });
  expect(second).toMatchObject({ timestamp: '2026-02-15T11:59:30.000Z', context: { locale: 'de' } });
});

describe('what is wrong', () => {
  test.each([
    ['a call that is none', 7, 'envelope_unreadable'],
    ['a call of no type', { userId: 'user-1' }, 'envelope_unreadable'],
    ['a track call without an event', { type: 'track', userId: 'user-1' }, 'envelope_unreadable'],
    ['properties that are a list', track({ properties: [1] }), 'envelope_unreadable'],
    ['nobody whom it is about', track({ userId: undefined }), 'no_identifier'],
    ['a user id that means everybody', track({ userId: 'null' }), 'no_identifier'],
    ['a user id without end', track({ userId: 'x'.repeat(257) }), 'event_invalid'],
    ['an order of no sum', track({ event: 'Order Completed', properties: { revenue: 'much' } }), 'purchase_invalid'],
    ['a refund of no order', track({ event: 'Order Refunded', properties: {} }), 'refund_invalid'],
    ['an event of 33 kB', track({ properties: { text: 'x'.repeat(33_000) } }), 'event_too_large'],
    ['a time before 1970', track({ timestamp: '1969-01-01T00:00:00Z' }), 'timestamp_before_1970'],
  ])('is kept aside and does not hold up the others: %s', async (_name, bad, reason) => {
    const { status, body } = await send('/v1/batch', batch(track({ messageId: 'good' }), bad));
    expect([status, body]).toEqual([200, { success: true }]);
    expect(reasons().sort()).toEqual([reason, undefined]);
    await platform.foldEvents();
    const { items } = (await platform.call('listQuarantine')).data;
    expect(items.map(item => item.reason)).toEqual([reason]);
    expect((await profileOf('user-1')).computed.purchaseCount).toBe(0);
  });

  test.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['a batch without calls', {}],
    ['what would pollute', '{"__proto__": {"polluted": true}}'],
  ])('is kept aside as a whole: a body of %s', async (_name, body) => {
    expect((await send('/v1/batch', body)).status).toBe(200);
    expect(reasons()).toEqual(['envelope_unreadable']);
  });

  test('is told to whoever wants to know, and then nothing is taken', async () => {
    const answer = await send('/v1/batch', batch(track(), track({ userId: undefined })), {
      headers: { 'x-strict-mode': '1' },
    });
    expect(answer.status).toBe(400);
    expect(answer.error).toMatchObject({ code: 'INVALID_REQUEST', details: [{ path: 'body.batch.1.identifiers' }] });
    expect(taken()).toEqual([]);
    expect((await send('/v1/track', 'hello', { headers: { 'x-strict-mode': '1' } })).status).toBe(400);
    expect((await send('/v1/batch', batch(track()), { headers: { 'x-strict-mode': '1' } })).status).toBe(200);
  });

  test.each([
    ['a time before 1970', track({ timestamp: '1969-01-01T00:00:00Z' }), 'timestamp'],
    ['what the plan does not allow', track({ event: 'form_submit', properties: {} }), 'properties.formId'],
  ])('is told also where the event is whole: %s', async (_name, bad, path) => {
    const body = { mode: 'enforce' as const, schema: { required: ['formId'] } };
    await platform.call('setSchema', { params: { eventType: 'form_submit' }, body });
    const strictly = { headers: { 'x-strict-mode': '1' } };
    const { status, error } = await send('/v1/batch', batch(track({ messageId: 'good' }), bad), strictly);
    expect([status, error.details.map(detail => detail.path)]).toEqual([400, [`body.batch.1.${path}`]]);
    expect(taken()).toEqual([]);
    expect((await send('/v1/batch', batch(bad))).status).toBe(200);
    expect(reasons()).toEqual([expect.stringMatching(/^(timestamp_before_1970|schema_violation)$/)]);
  });

  test('has no second effect when it was sent twice and is mended both times', async () => {
    const bads = [
      track({ messageId: 'bad-1', userId: undefined, anonymousId: 'anon-1', event: undefined }),
      track({ messageId: 'bad-2', event: 'Order Completed', properties: { order_id: 'o-1', revenue: 'much' } }),
    ];
    for (let sent = 0; sent < 2; sent += 1) await send('/v1/batch', batch(...bads));
    await platform.foldEvents();
    const patch = { type: 'purchase', anonymousId: 'anon-1', properties: { amount: 5, orderId: null } };
    expect((await runRedrive(platform, { filter: {}, patch })).result).toMatchObject({ redriven: 4 });
    await platform.foldEvents();
    const { items } = (await platform.call('listProfiles')).data;
    expect(items.map(({ computed }) => computed.purchaseCount)).toEqual([2]);
  });

  test('can be mended: an order is counted once it says what it was worth', async () => {
    await send('/v1/track', track({ event: 'Order Completed', properties: { order_id: 'o-1', revenue: 'much' } }));
    await platform.foldEvents();
    const { items } = (await platform.call('listQuarantine')).data;
    expect(items[0]?.event).toMatchObject({ type: 'purchase', properties: { orderId: 'o-1', amount: 'much' } });
  });
});

test.each([
  ['2,500 calls', 2500, 200],
  ['2,501 calls', 2501, 400],
])('a batch of %s', async (_name, count, status) => {
  const calls = Array.from({ length: count }, (_, index) => ({
    type: 'track',
    event: 'a',
    userId: 'u',
    messageId: `m${index}`,
  }));
  expect((await send('/v1/batch', batch(...calls))).status).toBe(status);
  expect(taken()).toHaveLength(status === 200 ? count : 0);
});

test.each([
  ['500 kB', 500 * 1024, 200],
  ['a byte more', 500 * 1024 + 1, 413],
  ['a byte more, unpacked', 500 * 1024 + 1, 413],
])('a body of %s', async (name, size, status) => {
  const text = JSON.stringify(batch(track()));
  const whole = Buffer.from(text.padEnd(size));
  const isPacked = name.includes('unpacked');
  expect((await send('/v1/batch', isPacked ? gzipSync(whole) : whole)).status).toBe(status);
});

test.each([
  ['32 kB', 32 * 1024, undefined],
  ['a byte more', 32 * 1024 + 1, 'event_too_large'],
])('an event of %s, as it is sent', async (_name, size, reason) => {
  const context = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
  const sized = (text: string) => track({ context, properties: { text } });
  const text = 'x'.repeat(size - JSON.stringify(sized('')).length);
  await send('/v1/track', sized(text));
  await send('/v1/batch', batch({ ...sized(text), messageId: 'm-2' }));
  expect(reasons()).toEqual([reason, reason]);
});

test('the same message twice in a batch, and again in another, is one event', async () => {
  await send('/v1/batch', batch(track(), track()));
  await platform.foldEvents();
  await send('/v1/track', track());
  await platform.foldEvents();
  const profile = await profileOf('user-1');
  expect(await timelineOf(profile.id)).toHaveLength(1);
});

test('where the stream takes nothing it is 503, which SDKs try again, and then nothing is double', async () => {
  let isDown = true;
  const messages: string[] = [];
  platform = await openPlatform({
    overrides: {
      events: {
        put: async events => {
          if (isDown) throw unavailable('The event stream');
          messages.push(...events.map(({ messageId }) => messageId));
        },
      },
    },
  });
  expect((await send('/v1/track', track())).status).toBe(503);
  isDown = false;
  expect((await send('/v1/track', track())).status).toBe(200);
  expect(messages).toEqual(['m-1']);
});

test('a key over its limit is told to wait', async () => {
  const { data } = await platform.call('createApiKey', {
    body: { name: 'Slow', kind: 'write', rateLimitPerMinute: 1 },
  });
  const headers = basic(data.key);
  const statuses = [];
  for (let sent = 0; sent < 3; sent += 1) statuses.push(await send('/v1/track', track(), { headers }));
  expect(statuses[0]?.status).toBe(200);
  expect(statuses.at(-1)?.status).toBe(429);
  expect(Number(statuses.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
});

test('a name of one’s own has its type, and a standard name another or none', async () => {
  const names = { 'Bestellung abgeschlossen': 'purchase', Screen: 'screen_view', 'Order Completed': null };
  expect((await platform.call('updateEventNames', { body: { names } })).status).toBe(200);
  await send(
    '/v1/batch',
    batch(
      track({ event: 'bestellung_abgeschlossen', properties: { order_id: 'o-1', total: 5 } }),
      track({ event: 'Order Completed', messageId: 'm-2' }),
      { type: 'screen', name: 'Basket', userId: 'user-1', messageId: 'm-3' },
    ),
  );
  expect(taken().map(({ type }) => type)).toEqual(['purchase', 'Order Completed', 'screen_view']);
});

test('bots are flagged, or dropped where the deployment says so', async () => {
  const context = { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' };
  await send('/v1/track', track({ context }));
  expect(taken()[0]?.context).toMatchObject({ bot: true });
  await platform.call('updateSettings', { body: { BOTS: 'drop' } });
  platform.clock.advance(60_000);
  expect((await send('/v1/track', track({ context, messageId: 'm-2' }))).status).toBe(200);
  expect(taken()).toHaveLength(1);
});

test.each([
  ['truncate', {}, '203.0.113.0'],
  ['keep', {}, '203.0.113.77'],
  ['drop', {}, undefined],
  ['keep', { 'x-ip-policy': 'remove' }, undefined],
  ['keep', { 'x-ip-policy': 'stripLastOctet' }, '203.0.113.0'],
  ['drop', { 'x-ip-policy': 'stripLastOctet' }, undefined],
])('of an address is kept what the deployment says: %s %j → %s', async (policy, headers, kept) => {
  await platform.call('updateSettings', { body: { IP_ADDRESSES: policy } });
  platform.clock.advance(60_000);
  await send('/v1/track', track({ context: { ip: '203.0.113.77' } }), { headers });
  expect(taken()[0]?.context?.ip).toBe(kept);
});

test('the connection tells of a page’s visitor, and nothing of a server’s', async () => {
  const headers = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1' };
  await send('/v1/track', track(), { headers });
  await send('/v1/track', track({ messageId: 'm-2' }), { headers: { ...headers, origin: 'https://shop.example' } });
  const [server, page] = taken();
  expect(server?.context).not.toHaveProperty('ip');
  expect(server).toMatchObject({ source: 'server' });
  expect(page).toMatchObject({
    source: 'web',
    context: { ip: '127.0.0.0', device: { type: 'mobile', model: 'iPhone' } },
  });
});

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.record({
    type: fc.constantFrom('identify', 'track', 'page', 'screen', 'group', 'alias', 'other'),
    event: fc.option(fc.constantFrom('Order Completed', 'Order Refunded', 'Käse & Co!', '')),
    userId: fc.option(fc.oneof(fc.string(), fc.integer())),
    anonymousId: fc.option(fc.string()),
    messageId: fc.option(fc.string({ maxLength: 200 })),
    timestamp: fc.option(fc.oneof(fc.string(), fc.integer(), fc.constant('2026-02-15T10:00:00Z'))),
    traits: fc.option(fc.dictionary(fc.constantFrom('email', 'name', 'address', 'company', 'x'), fc.jsonValue())),
    properties: fc.option(fc.dictionary(fc.constantFrom('revenue', 'products', 'order_id', 'url'), fc.jsonValue())),
    context: fc.option(
      fc.dictionary(fc.constantFrom('ip', 'userAgent', 'device', 'traits', 'externalIds'), fc.jsonValue()),
    ),
  }),
);

test('whatever comes is answered 200 and is nowhere lost: it is an event, a repeat of one, or kept aside', async () => {
  const clean = anything.filter(
    value => !/proto|constructor/.test(JSON.stringify(value)) && JSON.stringify(value).isWellFormed(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(clean, { maxLength: 8 }), async calls => {
      taken().length = 0;
      const distinct = calls.map((call, index) =>
        typeof call === 'object' && call !== null && 'messageId' in call
          ? { ...call, messageId: `own-${index}` }
          : call,
      );
      const { status } = await send('/v1/batch', batch(...distinct));
      expect(status).toBe(200);
      expect(taken()).toHaveLength(calls.length);
    }),
    { numRuns: 150 },
  );
});
