import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, openClient } from '../../../core/contract/client.ts';
import { type RunningPlatform, startPlatform } from '../../fixtures/running-platform.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { until } from '../../fixtures/until.ts';
import { sampleEvent } from '../ingest/sample-events.ts';

const [warmUpBatch, probesPerSecond, lookMilliseconds] = [500, 4, 1000];
const [warmUpSecondsMax, lastProbeSecondsMax] = [300, 60];
/** More than any of the other events comes to. */
const decisiveAmount = 1_000_000;

interface Load {
  perSecond: number;
  people: number;
  seconds: number;
}

export interface MembershipLatency {
  /** Seconds. */
  p50: number;
  p99: number;
  probes: number;
  /** Probes that never became members. */
  missed: number;
}

const identifiersOf = (person: number) => [{ type: 'customerId' as const, value: `customer-${person}` }];

/** Everybody is there before it begins, with the device that the load comes from. */
const warmUp = async (client: Client, { people }: Load): Promise<void> => {
  for (let first = 0; first < people; first += warmUpBatch) {
    const events = Array.from({ length: Math.min(warmUpBatch, people - first) }, (_, n) => ({
      type: 'login',
      messageId: `warm-up-${first + n}`,
      identifiers: identifiersOf(first + n),
      deviceId: `device-${first + n}`,
    }));
    await client.trackEvents({ body: { events } });
  }
  await until('everybody', async () => (await client.getStats()).totalProfiles >= people, warmUpSecondsMax);
};

const createSegment = async (client: Client): Promise<string> => {
  const conditions = [{ field: 'computed.ltv', operator: '>=' as const, value: decisiveAmount }];
  const rules = { operator: 'AND' as const, conditions };
  const { id, jobId } = await client.createSegment({ body: { name: 'Decided', type: 'rule-based', rules } });
  const isDone = async () => (await client.getJob({ params: { id: jobId } })).status === 'completed';
  await until('the first evaluation', isDone, warmUpSecondsMax);
  return id;
};

/** Other events at a steady rate, in batches, whatever the answers take. */
const sendLoad = async (client: Client, { perSecond, people, seconds }: Load): Promise<void> => {
  const random = seededRandom(3);
  const batchSize = perSecond / 10;
  const started = performance.now();
  const pending: Promise<unknown>[] = [];
  for (let batch = 0; batch < seconds * 10; batch += 1) {
    const due = started + batch * 100;
    if (due > performance.now()) await sleep(due - performance.now());
    const events = Array.from({ length: batchSize }, (_, n) =>
      sampleEvent(`load-${batch}-${n}`, random.below(people), random),
    );
    pending.push(client.trackEvents({ body: { events } }));
  }
  await Promise.all(pending);
};

/** Looks at the newest members every second, and notes when each was seen first: what is seen late counts as late. */
const watch = (client: Client, segmentId: string) => {
  const seenAt = new Map<string, number>();
  let goesOn = true;
  const looking = (async () => {
    while (goesOn) {
      const { items } = await client.listMembers({ params: { id: segmentId }, query: { limit: 30 } });
      for (const { profile } of items) {
        const { customerId = '' } = profile.externalIds;
        if (!seenAt.has(customerId)) seenAt.set(customerId, performance.now());
      }
      await sleep(lookMilliseconds);
    }
  })();
  return {
    seenAt,
    stop: async () => {
      goesOn = false;
      await looking;
    },
  };
};

/** Purchases that each decide the membership of another person; when each was sent. */
const sendProbes = async (client: Client, { people, seconds }: Load): Promise<Map<string, number>> => {
  const sentAt = new Map<string, number>();
  const started = performance.now();
  const pending: Promise<unknown>[] = [];
  for (let probe = 0; probe < seconds * probesPerSecond && probe < people; probe += 1) {
    const due = started + (probe * 1000) / probesPerSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    sentAt.set(`customer-${probe}`, performance.now());
    const properties = { orderId: `probe-${probe}`, amount: decisiveAmount };
    pending.push(client.trackEvent({ body: { type: 'purchase', identifiers: identifiersOf(probe), properties } }));
  }
  await Promise.all(pending);
  return sentAt;
};

const measured = async (platform: RunningPlatform, load: Load): Promise<MembershipLatency> => {
  const client = openClient({ baseUrl: platform.url, key: platform.adminKey });
  await warmUp(client, load);
  const watching = watch(client, await createSegment(client));
  const [sentAt] = await Promise.all([sendProbes(client, load), sendLoad(client, load)]);
  const deadline = performance.now() + lastProbeSecondsMax * 1000;
  while (watching.seenAt.size < sentAt.size && performance.now() < deadline) await sleep(lookMilliseconds);
  await watching.stop();
  const seconds = [...sentAt]
    .flatMap(([customer, sent]) => {
      const seen = watching.seenAt.get(customer);
      return seen === undefined ? [] : [(seen - sent) / 1000];
    })
    .sort((left, right) => left - right);
  const at = (share: number): number => seconds[Math.min(seconds.length - 1, Math.floor(seconds.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), probes: sentAt.size, missed: sentAt.size - seconds.length };
};

/** Runs a platform of its own under a load and measures how long events take to decide memberships. */
export const membershipLatency = async (load: Load): Promise<MembershipLatency> => {
  const platform = await startPlatform({ environment: { EVENT_FLUSH_SECONDS: '1' } });
  try {
    return await measured(platform, load);
  } finally {
    await platform.stop();
  }
};
