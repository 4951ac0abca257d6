import { beforeEach, describe, expect, test } from 'vitest';
import { trackEvent } from '../../../../core/contract/events.ts';
import { unavailable } from '../../../../core/errors.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const track = (body: unknown, request = {}) => platform.call('trackEvent', { body, ...request });
const someone = { identifiers: [{ type: 'email', value: 'a@example.com' }] };

test('the printed purchase is accepted: its time cannot be read, so it is kept, replaced and told', async () => {
  const { status, data } = await track(trackEvent.examples[0].body);
  expect(status).toBe(202);
  expect(data).toMatchObject({ status: 'accepted', warnings: [{ code: 'TIMESTAMP_INVALID' }] });
  expect(platform.outbox.events).toMatchObject([
    {
      ...{ id: data.id, messageId: data.messageId, type: 'purchase', profileId: 'profile-abc123' },
      ...{ timestamp: '2026-02-15T12:00:00.000Z', originalTimestamp: '2026-02-15T101:30:00.000Z' },
      properties: trackEvent.examples[0].body.properties,
    },
  ]);
});

test('strict=true refuses a time that cannot be read', async () => {
  const { status, error } = await track(trackEvent.examples[0].body, { query: { strict: true } });
  expect(status).toBe(422);
  expect(error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: 'timestamp' }] });
  expect(platform.outbox.events).toEqual([]);
});

describe('JSON is read whatever the content type says', () => {
  test.each([{}, { 'content-type': 'text/plain' }, { 'content-type': 'application/x-www-form-urlencoded' }])(
    '%j',
    async headers => {
      const { status } = await track(JSON.stringify({ ...someone, type: 'page_view' }), { headers });
      expect(status).toBe(202);
    },
  );
});

test('202 is said only after the stream has taken the event', async () => {
  let durable = false;
  const events = {
    put: async () => {
      await new Promise(resolve => setImmediate(resolve));
      durable = true;
    },
  };
  platform = await openPlatform({ overrides: { events } });
  expect((await track({ ...someone, type: 'page_view' })).status).toBe(202);
  expect(durable).toBe(true);
});

test('an event that the stream does not take is 503 with Retry-After', async () => {
  const events = { put: () => Promise.reject(unavailable('The event stream')) };
  platform = await openPlatform({ overrides: { events } });
  const { status, error, headers } = await track({ ...someone, type: 'page_view' });
  expect([status, error.code, headers['retry-after']]).toEqual([503, 'UNAVAILABLE', '5']);
});

describe('keys', () => {
  const event = { ...someone, type: 'page_view' };
  test.each([
    ['Bearer', (key: string) => ({ authorization: `Bearer ${key}` })],
    ['x-api-key', (key: string) => ({ 'x-api-key': key })],
    ['Basic, as the user name', (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` })],
  ])('a write key is taken as %s', async (_name, headers) => {
    const { status } = await track(event, { key: null, headers: headers(platform.keys.write) });
    expect(status).toBe(202);
  });

  test('a write key may not set consent; a secret key may', async () => {
    const body = { ...event, consent: { email: true } };
    expect((await track(body, { key: platform.keys.write })).error.details[0]?.path).toBe('consent');
    expect((await track(body)).status).toBe(202);
  });
});

test.each([
  [422, 'identifiers', { type: 'page_view' }],
  [422, 'identifiers', { type: 'page_view', identifiers: [{ type: 'email', value: 'null' }] }],
  [422, 'properties.amount', { ...someone, type: 'purchase', properties: { amount: -1 } }],
  [422, 'properties.amount', { ...someone, type: 'refund', properties: { orderId: 'A', amount: '1e9' } }],
  [422, 'body.type', { ...someone, type: '<script>' }],
  [400, 'body.type', { ...someone, type: 7 }],
  [400, 'body.computed', { ...someone, type: 'x', computed: { ltv: 1 } }],
])('%i with the path %s', async (status, path, body) => {
  const answer = await track(body);
  expect(answer.status).toBe(status);
  expect(answer.error.details[0]?.path).toBe(path);
  expect(platform.outbox.events).toEqual([]);
});

test('the same request under one Idempotency-Key is one message, which has its effect once', async () => {
  const request = { headers: { 'idempotency-key': 'once' } };
  const body = { ...someone, type: 'purchase', properties: { amount: 10 } };
  const [first, second] = [await track(body, request), await track(body, request)];
  expect(second.data.messageId).toBe(first.data.messageId);
  await platform.foldEvents();
  const { data } = await platform.call('lookupProfile', { query: { type: 'email', value: 'a@example.com' } });
  expect(data.computed).toMatchObject({ ltv: 10, purchaseCount: 1 });
});

test('without one, two equal events are two', async () => {
  const body = { ...someone, type: 'purchase', properties: { amount: 10 } };
  expect((await track(body)).data.messageId).not.toBe((await track(body)).data.messageId);
});
