import { setTimeout as sleep } from 'node:timers/promises';
import { openClient } from '../../../core/contract/client.ts';
import { type RunningPlatform, startPlatform } from '../../fixtures/running-platform.ts';
import { until } from '../../fixtures/until.ts';
import { batchMaker, openAgent, post } from './load.ts';

const batchSize = 500;
const people = 2_000;
const probes = 50;
const drainSecondsMax = 300;

export interface Drained {
  accepted: number;
  counted: number;
  p50Seconds: number;
  p99Seconds: number;
}

/** A purchase of one of the probing people; the time until the profile counts it, in seconds. */
const probe = async (platform: RunningPlatform, person: number, purchases: number): Promise<number> => {
  const client = openClient({ baseUrl: platform.url, key: platform.adminKey });
  const value = `probe-${person}`;
  const identifiers = [{ type: 'customerId' as const, value }];
  const properties = { orderId: `probe-${person}-${purchases}`, amount: '1.00' };
  await client.trackEvent({ body: { type: 'purchase', identifiers, properties } });
  const accepted = performance.now();
  const isCounted = async (): Promise<boolean> => {
    try {
      const { computed } = await client.lookupProfile({ query: { type: 'customerId', value } });
      return computed.purchaseCount >= purchases;
    } catch {
      return false;
    }
  };
  await until(`purchase ${purchases} of ${value}`, isCounted, drainSecondsMax);
  return (performance.now() - accepted) / 1000;
};

/** Probes that each wait for their own effect, one purchase after the other, until told to stop. */
const probing = async (platform: RunningPlatform, person: number, goesOn: () => boolean): Promise<number[]> => {
  const seconds: number[] = [];
  await sleep(person * 100);
  while (goesOn()) seconds.push(await probe(platform, person, seconds.length + 1));
  return seconds;
};

/** Sends batches at a rate, whatever the answers take; returns how many events were accepted. */
const sendAtRate = async (platform: RunningPlatform, perSecond: number, seconds: number): Promise<number> => {
  const make = batchMaker(batchSize, people, 2);
  const agent = openAgent(16);
  const started = performance.now();
  const pending: Promise<{ status: number; accepted: number }>[] = [];
  for (let batch = 0; batch < (perSecond * seconds) / batchSize; batch += 1) {
    const due = started + (batch * batchSize * 1000) / perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    pending.push(post(platform.url, platform.writeKey, agent, make(batch * batchSize)));
  }
  const answers = await Promise.all(pending);
  agent.destroy();
  return answers.reduce((sum, { accepted }) => sum + accepted, 0);
};

/** Events at a rate into the whole local platform: how long until they count, and whether they all do. */
export const acceptedAndDrained = async (
  perSecond: number,
  seconds: number,
  windowSeconds: number,
): Promise<Drained> => {
  const platform = await startPlatform({ environment: { EVENT_FLUSH_SECONDS: String(windowSeconds) } });
  try {
    let goesOn = true;
    const waits = Promise.all(Array.from({ length: probes }, (_, person) => probing(platform, person, () => goesOn)));
    const sent = await sendAtRate(platform, perSecond, seconds);
    goesOn = false;
    const latencies = (await waits).flat().sort((left, right) => left - right);
    const accepted = sent + latencies.length;
    const client = openClient({ baseUrl: platform.url, key: platform.adminKey });
    let counted = 0;
    const all = async (): Promise<boolean> => {
      counted = (await client.getStats()).totalEvents;
      return counted >= accepted;
    };
    await until(`${accepted} counted events`, all, drainSecondsMax);
    const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
    return { accepted, counted, p50Seconds: at(0.5), p99Seconds: at(0.99) };
  } finally {
    await platform.stop();
  }
};
