import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openClient } from '../../core/contract/client.ts';
import { freePort } from '../fixtures/free-port.ts';
import { type Receiving, startReceiving } from '../fixtures/receiving.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';

/** Every third customer has spent enough; every second one agrees to e-mail. */
const customers = Array.from({ length: 60 }, (_, n) => `customer-${String(n).padStart(2, '0')}`);
const spenders = customers.filter((_, n) => n % 3 === 0);
const agreeing = customers.filter((_, n) => n % 2 === 0);
const sent = spenders.filter(customer => agreeing.includes(customer));
const withdrawing = sent.slice(0, 4);
const left = sent.slice(4);
const waitSeconds = 60;

let folder: string;
let receiving: Receiving;
let platform: RunningPlatform;
let client: Client;

const start = async (options: { port: number; stateDirectory?: string }): Promise<void> => {
  const environment = { CDP_EGRESS_ALLOW: `127.0.0.1:${receiving.port}` };
  platform = await startPlatform({ ...options, environment });
  client = openClient({ baseUrl: platform.url, key: platform.adminKey });
};

/** Ends the platform at once, and starts it again over what it has kept. */
const killAndStart = async (): Promise<void> => {
  const { stateDirectory, url } = platform;
  await platform.stop({ signal: 'SIGKILL', keepState: true });
  await start({ stateDirectory, port: Number(new URL(url).port) });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdp-earnest-'));
  receiving = await startReceiving(folder);
  await start({ port: await freePort() });
});

afterAll(async () => {
  await platform?.stop();
  receiving?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const person = (customer: string) => [{ type: 'customerId' as const, value: customer }];

const purchases = customers.flatMap((customer, n) =>
  ['a', 'b', 'c'].map(order => ({
    identifiers: person(customer),
    type: 'purchase',
    messageId: `message-${n}-${order}`,
    properties: { orderId: `order-${n}-${order}`, amount: n % 3 === 0 ? '166.67' : '166.66' },
  })),
);

const consents = (of: readonly string[], email: boolean) =>
  of.map(customer => ({ identifiers: person(customer), type: 'consent', consent: { email } }));

const sizeOf = async (id: string): Promise<number> =>
  (await client.getSegmentSize({ params: { id }, query: { exact: 'true' } })).count;

let segmentId: string;

test(
  'a segment that is made of what is there holds exactly those who fit, across two kills',
  async () => {
    await client.trackEvents({ body: { events: purchases } });
    await killAndStart();
    await until('every event', async () => (await client.getStats()).totalEvents === purchases.length, waitSeconds);
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
    await killAndStart();
    const job = () => client.getJob({ params: { id: segment.jobId } });
    await until('the evaluation', async () => (await job()).status === 'completed', waitSeconds);
    await until('every member', async () => (await sizeOf(segmentId)) === spenders.length, waitSeconds);
    const { items } = await client.listMembers({ params: { id: segmentId }, query: { limit: 1000 } });
    expect(items.map(({ profile }) => profile.externalIds.customerId).toSorted()).toEqual(spenders);
  },
  3 * waitSeconds * 1000,
);

test(
  'the receiver holds exactly the members who agreed, although the platform was killed while it sent',
  async () => {
    await client.trackEvents({ body: { events: consents(agreeing, true) } });
    const url = `http://127.0.0.1:${receiving.port}/hook`;
    const audience = await client.createAudience({
      body: { name: 'Spenders', segmentIds: [segmentId], platforms: ['webhook'], config: { webhook: { url } } },
    });
    receiving.trust(audience.signingSecret ?? '');
    await client.activateAudience({ params: { id: audience.id }, body: { platform: 'webhook', operation: 'add' } });
    await killAndStart();
    await until('every member who agreed', () => receiving.held().length >= sent.length, waitSeconds);
    expect(receiving.held().toSorted()).toEqual(sent);
  },
  3 * waitSeconds * 1000,
);

test(
  'who withdraws is taken out again, across a kill, and nobody else',
  async () => {
    await client.trackEvents({ body: { events: consents(withdrawing, false) } });
    await killAndStart();
    await until('the removals', () => receiving.held().length <= left.length, waitSeconds);
    expect(receiving.held().toSorted()).toEqual(left);
    expect(receiving.deliveries().bad).toBe(0);
    expect(await sizeOf(segmentId)).toBe(spenders.length);
  },
  3 * waitSeconds * 1000,
);
