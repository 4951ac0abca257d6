import { Agent } from 'node:http';
import { parseArgs } from 'node:util';
import { type Client, openClient } from '../../core/contract/client.ts';
import { batchMaker } from '../bench/ingest/load.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';
import { until } from '../fixtures/until.ts';
import { type Answered, percentile, sendBatch, sendClosed, sendOpen, type Target } from './load/offered-load.ts';
import type { Verify } from './run.ts';

const [batchSize, people] = [50, 500];
const [lanes, sockets, idleRequests] = [8, 256, 200];
/** What a request that is let through may take, over what it takes on an idle platform. */
const ratioMax = 40;
const quietSecondsMax = 300;

/** Batches of events that nobody has sent before. */
const freshBatches = (): (() => Buffer) => {
  const make = batchMaker(batchSize, people);
  let next = 0;
  return () => {
    next += batchSize;
    return make(next);
  };
};

const acceptedIn = (answers: readonly Answered[]): number => answers.reduce((sum, { accepted }) => sum + accepted, 0);

const idleLatencies = async (target: Target, body: () => Buffer): Promise<number[]> => {
  const found: number[] = [];
  for (let request = 0; request < idleRequests; request += 1)
    found.push((await sendBatch(target, body())).milliseconds);
  return found;
};

/** A limit that a few seconds of what the platform can take use up. */
const limitedKey = async (client: Client, perSecond: number): Promise<string> => {
  const rateLimitPerMinute = Math.max(1, Math.round(perSecond * 4));
  const body = { name: 'Too much', kind: 'write' as const, rateLimitPerMinute };
  return (await client.createApiKey({ body })).key;
};

const run = async (platform: RunningPlatform, seconds: number) => {
  const { url, adminKey, writeKey } = platform;
  const client = openClient({ baseUrl: url, key: adminKey });
  const body = freshBatches();
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const free = { url, key: writeKey, agent };
  const before = (await client.getStats()).totalEvents;
  const warm = await sendClosed(free, body, lanes, Math.min(2, seconds));
  const quiet = async (): Promise<boolean> =>
    (await client.getPipeline()).stages.every(({ depth = 0, lagMs = 0 }) => depth === 0 && lagMs === 0);
  await until('a quiet pipeline', quiet, quietSecondsMax);
  const idle = await idleLatencies(free, body);
  const closed = await sendClosed(free, body, lanes, seconds);
  const capacity = closed.length / seconds;
  const key = await limitedKey(client, capacity);
  const offered = await sendOpen({ ...free, key }, body, 2 * capacity, seconds);
  const unlimited = await sendOpen(free, body, capacity / 2, Math.min(2, seconds));
  agent.destroy();
  const accepted = idle.length * batchSize + acceptedIn([...warm, ...closed, ...offered, ...unlimited]);
  const stored = async (): Promise<number> => (await client.getStats()).totalEvents - before;
  await until('every accepted event to count', async () => (await stored()) >= accepted && quiet(), quietSecondsMax);
  return { idle, capacity, offered, unlimited, accepted, stored: await stored() };
};

const byStatus = (answers: readonly Answered[]) => {
  const limited = answers.filter(({ status }) => status === 429);
  return {
    limited,
    taken: answers.filter(({ status }) => status === 202),
    failed: answers.filter(({ status }) => status >= 500),
    silent: limited.filter(({ retryAfter }) => !(Number(retryAfter) >= 1)),
  };
};

/** Something is taken, and the rest is told when to come again. */
const isToldToWait = (answers: readonly Answered[]): boolean => {
  const { taken, limited, silent } = byStatus(answers);
  return (
    taken.length > 0 && limited.length > 0 && silent.length === 0 && taken.length + limited.length === answers.length
  );
};

/** Twice of what the platform can take, from one key: the rest is told to wait, and what was taken is there. */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { seconds: { type: 'string', default: '10' } } });
  const platform = await startPlatform();
  try {
    const { idle, capacity, offered, unlimited, accepted, stored } = await run(platform, Number(values.seconds));
    const { taken, limited, silent, failed } = byStatus(offered);
    const latencies = taken.map(({ milliseconds }) => milliseconds);
    const [busyP99, idleP99] = [percentile(latencies, 0.99), percentile(idle, 0.99)];
    const ratio = busyP99 / idleP99;
    const control = isToldToWait(unlimited);
    const line = [
      `load: capacity ${Math.round(capacity)} requests/s of ${batchSize} events, offered twice that`,
      `${taken.length} × 202, ${limited.length} × 429 (${silent.length} without Retry-After), ${failed.length} × 5xx`,
      `accepted ${accepted} = stored ${stored}`,
      `p99 ${busyP99.toFixed(0)} ms, idle ${idleP99.toFixed(0)} ms, ratio ${ratio.toFixed(1)}`,
      `control: a key without a limit ${control ? 'is told to wait' : 'is not told to wait'}`,
    ].join(', ');
    return { line, holds: isToldToWait(offered) && !control && accepted === stored && ratio <= ratioMax };
  } finally {
    await platform.stop();
  }
};
