import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

test('Segment’s SDK is told to send to the host that it has asked, and to nobody else', async () => {
  const { status, body } = await platform.call(`GET /v1/projects/${platform.keys.write}/settings`, {
    key: null,
    headers: { 'x-forwarded-host': 'cdp.shop.example', 'x-forwarded-proto': 'https' },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    integrations: {
      'Segment.io': { apiKey: platform.keys.write, apiHost: 'cdp.shop.example/v1', protocol: 'https' },
    },
    metrics: { sampleRate: 0 },
  });
  expect(Object.keys((body as { integrations: object }).integrations)).toEqual(['Segment.io']);
});

test('RudderStack’s SDK is told that its source is on and has no destinations of its own', async () => {
  const { status, body } = await platform.call(`GET /sourceConfig?p=npm&v=3.34.1&writeKey=${platform.keys.write}`, {
    key: null,
    headers: { authorization: basic(platform.keys.write) },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ source: { enabled: true, writeKey: platform.keys.write, destinations: [] } });
});

test.each([
  ['GET /v1/projects/nonsense/settings', {}, 401],
  ['GET /sourceConfig?writeKey=nonsense', {}, 401],
  ['GET /sourceConfig', {}, 401],
] as const)('%s is refused', async (target, headers, status) => {
  expect((await platform.call(target, { key: null, headers })).status).toBe(status);
});

test('a revoked key gets no settings', async () => {
  const target = `GET /v1/projects/${platform.keys.revoked}/settings` as const;
  expect((await platform.call(target, { key: null })).status).toBe(401);
});

test('the SDK’s metrics about itself go by, whoever sends them', async () => {
  const { status, body } = await platform.call('POST /v1/m', { key: null, body: { series: [] } });
  expect([status, body]).toEqual([200, { success: true }]);
});

test.each(['PUT /v1/track', 'GET /v1/batch', 'DELETE /sourceConfig'])('%s is told what is possible', async target => {
  const { status, headers } = await platform.call(target as 'GET /', { key: null });
  expect(status).toBe(405);
  expect(headers.allow).toMatch(/GET|POST/);
});
