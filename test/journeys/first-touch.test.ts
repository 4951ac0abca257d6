import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openClient } from '../../core/contract/client.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';

let platform: RunningPlatform;
let client: Client;
let shop: Client;
let sourceId: string;

beforeAll(async () => {
  platform = await startPlatform();
  client = openClient({ baseUrl: platform.url, key: platform.adminKey });
  const source = await client.createSource({ body: { name: 'Shop', kind: 'web' } });
  sourceId = source.id;
  shop = openClient({ baseUrl: platform.url, key: source.key });
}, 120_000);
afterAll(() => platform?.stop());

const anonymousId = 'visitor-1';
const customer = [{ type: 'customerId' as const, value: 'c-1' }];
const start = Date.now() - 5 * 3_600_000;
const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();

test('somebody looks around, says who they are, and buys: one profile, which came from where nobody knew it', async () => {
  const view = { type: 'page_view', anonymousId, source: 'web' };
  const campaign = { source: 'google', medium: 'cpc', name: 'spring' };
  await shop.trackEvent({ body: { ...view, timestamp: at(0), properties: { page: '/' }, context: { campaign } } });
  await shop.trackEvent({ body: { ...view, timestamp: at(5), properties: { page: '/shoes' } } });
  const traits = { email: 'jane@example.com' };
  await shop.trackEvent({ body: { ...view, type: 'identify', timestamp: at(120), identifiers: customer, traits } });
  const properties = { orderId: 'o-1', amount: '20.00' };
  await shop.trackEvent({ body: { ...view, type: 'purchase', timestamp: at(125), properties } });

  const find = () => client.lookupProfile({ query: { type: 'anonymousId', value: anonymousId } });
  await until('the purchase', async () => (await find().catch(() => undefined))?.computed.purchaseCount === 1, 60);
  const profile = await find();
  expect((await client.lookupProfile({ query: { type: 'email', value: traits.email } })).id).toBe(profile.id);
  expect((await client.listProfiles({})).total).toBe(1);

  const { items } = await client.listProfileSessions({ params: { id: profile.id } });
  expect(items).toMatchObject([
    { startedAt: at(120), purchases: 1, revenue: { USD: 20 }, channel: 'direct' },
    { startedAt: at(0), pageViews: 2, exitPage: '/shoes', channel: 'paid search', campaign, converted: false },
  ]);

  await until('the sessions in the lake', async () => (await client.listSessions({})).items.length === 2, 60);
  expect((await client.listSessions({})).items).toEqual(items);
  const first = await client.getSession({ params: { id: items[1]?.id ?? '' } });
  expect(first).toMatchObject({
    ...items[1],
    pages: [
      { page: '/', views: 1 },
      { page: '/shoes', views: 1 },
    ],
  });

  const { items: sources } = await client.listSources({});
  expect(sources.find(({ id }) => id === sourceId)).toMatchObject({ enabled: true, lastSeenAt: expect.any(String) });
}, 150_000);
