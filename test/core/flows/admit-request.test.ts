import { expect, test } from 'vitest';
import { admitRequest, type Leases } from '../../../core/flows/admit-request.ts';
import type { BucketStore } from '../../../core/ports/bucket-store.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';

const start = Date.parse('2026-02-15T12:00:00.000Z');

/** Processes that share one bucket, on a clock that is moved by hand; reads and writes are counted. */
const opened = (limit: number) => {
  const clock = { at: start };
  const cost = { reads: 0, writes: 0 };
  let kept: number | undefined;
  const buckets: BucketStore = {
    fullAt: async () => {
      cost.reads += 1;
      return kept;
    },
    move: async (_id, from, to) => {
      cost.writes += 1;
      if (kept !== from) return false;
      kept = to;
      return true;
    },
  };
  const process = () => {
    const leases: Leases = new Map();
    return () => admitRequest({ id: 'key-1', limit }, { leases, buckets, now: () => new Date(clock.at) });
  };
  return { clock, cost, process };
};

const passed = async (send: () => Promise<{ admitted: boolean }>, requests: number): Promise<number> => {
  let count = 0;
  for (let request = 0; request < requests; request += 1) if ((await send()).admitted) count += 1;
  return count;
};

test.each([1, 7, 60, 1000, 50_000])('of a limit of %d all pass at once, and not one more', async limit => {
  const { process } = opened(limit);
  expect(await passed(process(), limit + 500)).toBe(limit);
});

test('who is refused is told when it is worth another try, and then passes', async () => {
  const { process, clock } = opened(1000);
  const send = process();
  await passed(send, 1000);
  const refused = await send();
  expect(refused).toMatchObject({ admitted: false, remaining: 0, limit: 1000, retryAfterSeconds: 1, resetSeconds: 60 });
  clock.at += refused.retryAfterSeconds * 1000;
  expect((await send()).admitted).toBe(true);
});

test('the rest is told as it goes', async () => {
  const { process } = opened(1000);
  const send = process();
  expect(await send()).toMatchObject({ admitted: true, remaining: 999 });
  await passed(send, 498);
  expect(await send()).toMatchObject({ remaining: 500 });
});

test('after a minute of rest all are there again', async () => {
  const { process, clock } = opened(100);
  const send = process();
  await passed(send, 150);
  clock.at += 60_000;
  expect(await passed(send, 150)).toBe(100);
});

test.each([
  [2, 5000],
  [50, 20_000],
  [200, 40_000],
])('%d processes together let pass what one would, whoever is asked', async (count, requests) => {
  const { process, clock } = opened(1000);
  const processes = Array.from({ length: count }, process);
  const random = seededRandom(count);
  let admitted = 0;
  for (let request = 0; request < requests; request += 1) {
    clock.at += random.below(7);
    if ((await random.pick(processes)()).admitted) admitted += 1;
  }
  const allowed = 1000 + ((clock.at - start) * 1000) / 60_000;
  expect(admitted).toBeLessThanOrEqual(allowed);
  expect(admitted).toBeGreaterThan(allowed * 0.8);
});

test('a caller that stays below its limit is never refused, however many processes serve it', async () => {
  const { process, clock } = opened(1000);
  const processes = Array.from({ length: 60 }, process);
  const random = seededRandom(3);
  let refused = 0;
  for (let request = 0; request < 5000; request += 1) {
    clock.at += 80;
    if (!(await random.pick(processes)()).admitted) refused += 1;
  }
  expect(refused).toBe(0);
});

test('most requests cost nothing: a process that is busy takes many tokens at once', async () => {
  const { process, clock, cost } = opened(60_000);
  const send = process();
  for (let request = 0; request < 20_000; request += 1) {
    clock.at += 2;
    expect((await send()).admitted).toBe(true);
  }
  expect(cost.writes).toBeLessThan(40);
  expect(cost.reads).toBeLessThan(40);
});

test('who is refused again and again costs next to nothing', async () => {
  const { process, cost } = opened(1000);
  const send = process();
  await passed(send, 1000);
  const before = cost.reads + cost.writes;
  await passed(send, 10_000);
  expect(cost.reads + cost.writes - before).toBeLessThanOrEqual(1);
});

test('requests at the same moment share one look at the bucket', async () => {
  const { process, cost } = opened(1000);
  const send = process();
  const all = await Promise.all(Array.from({ length: 200 }, send));
  expect(all.every(({ admitted }) => admitted)).toBe(true);
  expect(cost.writes).toBeLessThan(12);
});

test('callers do not use up each other’s limits', async () => {
  const { process } = opened(10);
  expect(await passed(process(), 20)).toBe(10);
  const other = opened(10);
  expect(await passed(other.process(), 20)).toBe(10);
});
