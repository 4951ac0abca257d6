import { expect, test } from 'vitest';
import { admitRequest, type Leases } from '../../../core/flows/admit-request.ts';
import type { BucketStore } from '../../../core/ports/bucket-store.ts';
import { tableBucketStore } from '../../../functions/adapters/stores/table-bucket-store.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';

const start = Date.parse('2026-02-15T12:00:00.000Z');

/**
 * Processes that share one bucket in a table, on a clock that is moved by hand; reads and writes are counted. Each takes
 * its turns on the way there and back, so that others come between.
 */
const opened = (limit: number, turnsOnTheWay: () => number = () => 0) => {
  const clock = { at: start };
  const cost = { reads: 0, writes: 0 };
  const stored = tableBucketStore(memoryTable({ now: () => clock.at }));
  const onTheWay = async <Found>(ask: () => Promise<Found>): Promise<Found> => {
    for (let turns = turnsOnTheWay(); turns > 0; turns -= 1) await Promise.resolve();
    const found = await ask();
    for (let turns = turnsOnTheWay(); turns > 0; turns -= 1) await Promise.resolve();
    return found;
  };
  const buckets: BucketStore = {
    fullAt: id => {
      cost.reads += 1;
      return onTheWay(() => stored.fullAt(id));
    },
    take: (id, taking) => {
      cost.writes += 1;
      return onTheWay(() => stored.take(id, taking));
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

test('sixty processes that are asked at the same moment refuse nobody while there is something left', async () => {
  const random = seededRandom(7);
  const { process, clock, cost } = opened(1000, () => random.below(12));
  const processes = Array.from({ length: 60 }, process);
  let refused = 0;
  for (let round = 0; round < 12; round += 1) {
    const answers = await Promise.all(processes.map(send => send()));
    refused += answers.filter(({ admitted }) => !admitted).length;
    clock.at += 200;
  }
  expect(refused).toBe(0);
  expect(cost.writes).toBeLessThan(12 * 60 * 2);
});

test.each([1, 2, 3, 4, 5])('processes that get between each other let no more pass than the limit (%d)', async seed => {
  const random = seededRandom(seed);
  const limit = 50 + random.below(2000);
  const { process, clock } = opened(limit, () => random.below(8));
  const processes = Array.from({ length: 2 + random.below(60) }, process);
  let admitted = 0;
  for (let round = 0; round < 40; round += 1) {
    const asked = Array.from({ length: random.below(200) }, () => random.pick(processes)());
    admitted += (await Promise.all(asked)).filter(answer => answer.admitted).length;
    clock.at += random.below(500);
  }
  expect(admitted).toBeLessThanOrEqual(limit + ((clock.at - start) * limit) / 60_000);
});

/** By how many more than a full bucket and what came back passed in the worst stretch of time. */
const worstExcess = (passedAt: readonly number[], limit: number): number => {
  let [worst, lowest] = [0, Number.POSITIVE_INFINITY];
  for (const [index, at] of passedAt.entries()) {
    const cameBack = ((at - start) * limit) / 60_000;
    lowest = Math.min(lowest, index - cameBack);
    worst = Math.max(worst, index + 1 - cameBack - lowest - limit);
  }
  return worst;
};

test('over any stretch of time at most five seconds’ worth more pass: what was taken before and is given out in it', async () => {
  const excesses: number[] = [];
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = seededRandom(seed);
    const { process, clock } = opened(1200);
    const processes = Array.from({ length: 1 + random.below(6) }, process);
    const passedAt: number[] = [];
    const ask = async (requests: number) => {
      for (let request = 0; request < requests; request += 1)
        if ((await random.pick(processes)()).admitted) passedAt.push(clock.at);
    };
    await ask(random.below(1000));
    clock.at += 60_000;
    await ask(processes.length * 3);
    clock.at += 4000 + random.below(1000);
    await ask(1600);
    excesses.push(worstExcess(passedAt, 1200));
  }
  expect(Math.max(...excesses)).toBeGreaterThan(1);
  expect(Math.max(...excesses)).toBeLessThanOrEqual((1200 * 5) / 60);
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
