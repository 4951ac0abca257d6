import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Big from 'big.js';
import { openClient } from '../../core/contract/client.ts';
import { freePort } from '../fixtures/free-port.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { until } from '../fixtures/until.ts';
import type { Verify } from './run.ts';

const customers = 20;
const batchSize = 10;
const senders = 4;
const quietLooks = 40;
const settleSecondsMax = 300;

interface Sale {
  messageId: string;
  type: 'purchase';
  identifiers: { type: 'customerId'; value: string }[];
  properties: { orderId: string; amount: string };
}

const saleOf = (n: number): Sale => ({
  messageId: `message-${n}`,
  type: 'purchase',
  identifiers: [{ type: 'customerId', value: `customer-${n % customers}` }],
  properties: { orderId: `order-${n}`, amount: ((n % 997) / 100 + 1).toFixed(2) },
});

interface Sending {
  left: Sale[][];
  acknowledged: number;
  resent: number;
}

/** Sends batches, each again until it is acknowledged, whatever happens to whoever should. */
const sendAll = async (sending: Sending, url: string, key: string): Promise<void> => {
  for (let batch = sending.left.shift(); batch; batch = sending.left.shift()) {
    for (let tries = 0; !(await isAccepted(batch, url, key)); tries += 1) {
      sending.resent += 1;
      await sleep(Math.min(200, 20 * tries));
    }
    sending.acknowledged += batch.length;
  }
};

const isAccepted = async (events: Sale[], url: string, key: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${url}/api/cdp/events/batch`, {
      method: 'POST',
      headers: { 'x-api-key': key },
      body: JSON.stringify({ events }),
      signal: AbortSignal.timeout(10_000),
    });
    const { data } = (await answer.json()) as { data?: { accepted: number } };
    return answer.status === 202 && data?.accepted === events.length;
  } catch {
    return false;
  }
};

/** Ends the platform when the next part of the events was acknowledged, at a random moment, and starts it again. */
const killAgainAndAgain = async (
  first: RunningPlatform,
  {
    kills,
    events,
    port,
    sending,
    random,
  }: { kills: number; events: number; port: number; sending: Sending; random: SeededRandom },
): Promise<RunningPlatform> => {
  let platform = first;
  const { stateDirectory } = first;
  for (let kill = 1; kill <= kills; kill += 1) {
    const due = Math.floor((events * (kill - 1)) / kills);
    await until(`${due} acknowledged events`, () => sending.acknowledged >= due, settleSecondsMax);
    await sleep(random.below(500));
    await platform.stop({ signal: 'SIGKILL', keepState: true });
    platform = await startPlatform({ port, stateDirectory });
  }
  return platform;
};

const settled = async (platform: RunningPlatform): Promise<void> => {
  const client = openClient({ baseUrl: platform.url, key: platform.adminKey });
  let quiet = 0;
  const isQuiet = async (): Promise<boolean> => {
    const { stages } = await client.getPipeline();
    quiet = stages.every(({ depth = 0, lagMs = 0 }) => depth === 0 && lagMs === 0) ? quiet + 1 : 0;
    return quiet > quietLooks;
  };
  await until('a quiet pipeline', isQuiet, settleSecondsMax);
};

interface Found {
  stored: number;
  counted: number;
  wrong: number;
  ltvError: Big;
}

/** What the API tells of everybody, held against what was sent. */
const compare = async (platform: RunningPlatform, sales: readonly Sale[]): Promise<Found> => {
  const client = openClient({ baseUrl: platform.url, key: platform.adminKey });
  const found: Found = { stored: 0, counted: (await client.getStats()).totalEvents, wrong: 0, ltvError: new Big(0) };
  for (let customer = 0; customer < customers; customer += 1) {
    const value = `customer-${customer}`;
    const own = sales.filter(sale => sale.identifiers[0]?.value === value);
    const profile = await client.lookupProfile({ query: { type: 'customerId', value } });
    const ids = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await client.listProfileEvents({ params: { id: profile.id }, query: { limit: 1000, cursor } });
      for (const { messageId } of page.items) ids.add(messageId);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    const ltv = own.reduce((sum, { properties }) => sum.plus(properties.amount), new Big(0));
    const error = new Big(profile.computed.ltv).minus(ltv).abs();
    found.stored += own.filter(({ messageId }) => ids.has(messageId)).length;
    found.ltvError = found.ltvError.plus(error);
    if (error.gt(0) || profile.computed.purchaseCount !== own.length || ids.size !== own.length) found.wrong += 1;
  }
  return found;
};

/** The whole local platform, killed at random moments while events are sent: each has its effect, and once. */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      kills: { type: 'string', default: '25' },
      events: { type: 'string', default: '3000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [kills, events] = [Number(values.kills), Number(values.events)];
  const sales = Array.from({ length: events }, (_, n) => saleOf(n));
  const left = Array.from({ length: Math.ceil(events / batchSize) }, (_, n) =>
    sales.slice(n * batchSize, (n + 1) * batchSize),
  );
  const sending: Sending = { left, acknowledged: 0, resent: 0 };
  const port = await freePort();
  const random = seededRandom(Number(values.seed));
  let platform = await startPlatform({ port });
  try {
    const { url, writeKey } = platform;
    const sent = Promise.all(Array.from({ length: senders }, () => sendAll(sending, url, writeKey)));
    platform = await killAgainAndAgain(platform, { kills, events, port, sending, random });
    await sent;
    await settled(platform);
    const { stored, counted, wrong, ltvError } = await compare(platform, sales);
    const line = `kill9: ${kills} kills, stored ${stored}/${events}, profiles wrong ${wrong}/${customers}, LTV error ${ltvError}, counted ${counted}, ${sending.resent} batches sent again`;
    return { line, holds: stored === events && wrong === 0 && ltvError.eq(0) && counted === events };
  } finally {
    await platform.stop();
  }
};
