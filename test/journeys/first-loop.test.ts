import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiError } from '../../core/contract/api-error.ts';
import { type Client, openClient } from '../../core/contract/client.ts';
import { type Receiving, startReceiving } from '../fixtures/receiving.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';

let folder: string;
let receiving: Receiving;
let platform: RunningPlatform;
let client: Client;

const start = async (stateDirectory?: string): Promise<void> => {
  const environment = { CDP_EGRESS_ALLOW: `127.0.0.1:${receiving.port}` };
  platform = await startPlatform({ environment, ...(stateDirectory === undefined ? {} : { stateDirectory }) });
  client = openClient({ baseUrl: platform.url, key: platform.adminKey });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdp-journey-'));
  receiving = await startReceiving(folder);
  await start();
});

afterAll(async () => {
  await platform?.stop();
  receiving?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const purchase = (customerId: string, amount: string, orderId: string) => ({
  identifiers: [{ type: 'customerId' as const, value: customerId }],
  type: 'purchase',
  messageId: `message-${orderId}`,
  properties: { orderId, amount },
});

const find = async (customerId: string) => {
  try {
    return await client.lookupProfile({ query: { type: 'customerId', value: customerId } });
  } catch (refusal) {
    if (refusal instanceof ApiError && refusal.status === 404) return undefined;
    throw refusal;
  }
};

let segmentId: string;

test('the start tells where the platform is, its keys, and how to sign in', () => {
  const origin = platform.url.replace('127.0.0.1', 'localhost');
  for (const shown of [`${origin}/`, `${origin}/api/cdp`, `${origin}/docs`, platform.adminKey, platform.writeKey]) {
    expect(platform.output()).toContain(shown);
  }
  expect(platform.output()).toContain(`${origin}/sign-in?key=${platform.adminKey}`);
});

test('the sign-in link leads to the console with a cookie that scripts cannot read, and the cookie may read', async () => {
  const answer = await fetch(`${platform.url}/sign-in?key=${platform.adminKey}`, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  const stats = await fetch(`${platform.url}/api/cdp/stats`, { headers: { cookie: cookie.split(';', 1)[0] ?? '' } });
  expect(stats.status).toBe(200);
});

test('events of one customer become one profile whose sums are exact', async () => {
  const segment = await client.createSegment({
    body: {
      name: 'Spent more than 500 in three purchases',
      type: 'rule-based',
      rules: {
        operator: 'AND',
        conditions: [
          { field: 'computed.ltv', operator: '>', value: 500 },
          { field: 'computed.purchaseCount', operator: '>=', value: 3 },
        ],
      },
    },
  });
  segmentId = segment.id;
  const events = [
    purchase('ada', '200.10', 'a1'),
    purchase('ada', '200.20', 'a2'),
    purchase('ada', '100.03', 'a3'),
    purchase('bob', '900', 'b1'),
    purchase('cleo', '600', 'c1'),
    purchase('cleo', '0', 'c2'),
    purchase('cleo', '0.01', 'c3'),
  ];
  const batch = await client.trackEvents({ body: { events } });
  expect(batch).toMatchObject({ accepted: events.length, rejected: 0 });
  await until('all profiles', async () => (await client.getStats()).totalEvents === events.length);
  expect((await find('ada'))?.computed).toMatchObject({ ltv: 500.33, purchaseCount: 3, aov: 166.78 });
});

test('the segment holds exactly those who fit', async () => {
  await until('two members', async () => {
    const { count } = await client.getSegmentSize({ params: { id: segmentId }, query: { exact: 'true' } });
    return count === 2;
  });
  const { items } = await client.listMembers({ params: { id: segmentId } });
  expect(items.map(({ profile }) => profile.externalIds.customerId).sort()).toEqual(['ada', 'cleo']);
});

test('the same events a second time change nothing', async () => {
  const before = await find('ada');
  await client.trackEvents({ body: { events: [purchase('ada', '200.10', 'a1'), purchase('dora', '1', 'd1')] } });
  await until('the newcomer', async () => (await find('dora')) !== undefined);
  expect(await find('ada')).toEqual(before);
});

test('nobody reaches a destination before consenting, and exactly the consenting member does', async () => {
  const url = `http://127.0.0.1:${receiving.port}/hook`;
  const audience = await client.createAudience({
    body: { name: 'High value', segmentIds: [segmentId], platforms: ['webhook'], config: { webhook: { url } } },
  });
  receiving.trust(audience.signingSecret ?? '');
  const request = { params: { id: audience.id }, body: { platform: 'webhook' as const } };
  const { planned } = await client.activateAudience(request);
  expect(planned).toEqual({
    add: 0,
    remove: 0,
    skipped: { consent: 2, suppressed: 0, noIdentifier: 0, lowConfidence: 0, holdout: 0 },
  });
  const consent = (customerId: string, email: boolean) => ({
    identifiers: [{ type: 'customerId' as const, value: customerId }],
    type: 'consent',
    consent: { email },
  });
  await client.trackEvents({ body: { events: [consent('ada', true), consent('bob', true), consent('cleo', false)] } });
  await until('a delivery', () => receiving.held().length > 0);
  expect(receiving.held()).toEqual(['ada']);
  await client.trackEvents({ body: { events: [consent('ada', false)] } });
  await until('the removal', () => receiving.held().length === 0);
  expect(receiving.deliveries().bad).toBe(0);
});

test('what was accepted before a kill -9 has its effect after the next start', async () => {
  const events = Array.from({ length: 200 }, (_, index) => purchase(`late-${index % 20}`, '1.5', `late-${index}`));
  await client.trackEvents({ body: { events } });
  const { stateDirectory } = platform;
  await platform.stop({ signal: 'SIGKILL', keepState: true });
  await start(stateDirectory);
  await until('every late customer', async () => {
    const late = await Promise.all(Array.from({ length: 20 }, (_, index) => find(`late-${index}`)));
    return late.every(profile => profile?.computed.purchaseCount === 10 && profile.computed.ltv === 15);
  });
  expect((await find('ada'))?.computed.ltv).toBe(500.33);
});

test('a deleted profile is gone, and so is its identifier', async () => {
  const bob = await find('bob');
  await client.deleteProfile({ params: { id: bob?.id ?? '' } });
  await expect(client.getProfile({ params: { id: bob?.id ?? '' } })).rejects.toMatchObject({ status: 404 });
  expect(await find('bob')).toBeUndefined();
});
