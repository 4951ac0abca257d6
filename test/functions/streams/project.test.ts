import { expect, test } from 'vitest';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { projectCounts } from '../../../core/flows/project-counts.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { Loop, type LoopOptions } from '../../fixtures/run-loop.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';

const purchases = (count: number, people: number) =>
  Array.from({ length: count }, (_, index) => customerEvent(`c${index % people}`, { amount: 1 }));

const projected = async (options?: LoopOptions) => {
  const loop = new Loop(options);
  for (let window = 0; window < 6; window += 1) await loop.fold(purchases(10, 7));
  await loop.run();
  return loop;
};

test.each([1, 2, 3, 4, 5])('counts are exact when every batch comes twice at once (seed %i)', async seed => {
  const loop = await projected({ seed, twice: true });
  expect(await loop.services.counters.totals()).toMatchObject({ profiles: 7, events: 60 });
  await loop.redeliverEverything();
  expect(await loop.services.counters.totals()).toMatchObject({ profiles: 7, events: 60 });
});

test('batches that overlap, and workers that follow the same shard at once, count everything once', async () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const random = seededRandom(seed);
    const pause = async () => {
      for (let turns = random.below(6); turns > 0; turns -= 1) await Promise.resolve();
    };
    const loop = new Loop({ seed, hooks: { before: pause } });
    for (let window = 0; window < 4; window += 1) await loop.fold(purchases(10, 7));
    const commits = loop.services.commitsIn(loop.changes);
    const tools = { counters: loop.services.counters, reportingTimezone: 'UTC' };
    for (let start = 0; start < commits.length; start += 1 + random.below(5)) {
      const batches = [1, 2, 3].map(() => commits.slice(0, start + random.below(8)));
      await Promise.all(batches.map(batch => projectCounts('shard-1', batch, tools)));
    }
    await projectCounts('shard-1', commits, tools);
    expect(await loop.services.counters.totals()).toMatchObject({ profiles: 7, events: 40 });
  }
});

test('shards count for themselves, and their sums are the whole', async () => {
  const loop = new Loop();
  await loop.fold(purchases(20, 5));
  const commits = loop.services.commitsIn(loop.changes);
  const tools = { counters: loop.services.counters, reportingTimezone: 'UTC' };
  const even = commits.filter(commit => commit.kind === 'head' && commit.profileId.length > 0);
  await projectCounts('shard-1', even.slice(0, 2), tools);
  await projectCounts('shard-2', even.slice(2), tools);
  await projectCounts('shard-2', even.slice(2), tools);
  expect(await loop.services.counters.totals()).toMatchObject({ profiles: 5, events: 20 });
});

test('who is erased is counted no more, nor are their events; what came to be on a day did', async () => {
  const loop = await projected();
  const id = (await loop.services.profiles.ownersOf(['customerId#c0'])).get('customerId#c0') ?? '';
  const events = (await loop.services.profiles.get(id))?.head.counters.events ?? 0;
  await eraseProfile(id, loop.services);
  await loop.run();
  const totals = await loop.services.counters.totals();
  expect(totals).toMatchObject({ profiles: 6, events: 60 - events });
  expect(totals.byDay).toEqual({ '2026-02-15': { profiles: 7, events: 60 } });
});

test('days are those of the reporting time zone', async () => {
  const loop = new Loop();
  await loop.fold([customerEvent('a', { amount: 1 })]);
  loop.clock.at = Date.parse('2026-02-15T23:30:00Z');
  await loop.fold([customerEvent('a', { amount: 1 }), customerEvent('b')]);
  const commits = loop.services.commitsIn(loop.changes);
  await projectCounts('shard-1', commits, { counters: loop.services.counters, reportingTimezone: 'Europe/Berlin' });
  expect((await loop.services.counters.totals()).byDay).toEqual({
    '2026-02-15': { profiles: 1, events: 1 },
    '2026-02-16': { profiles: 1, events: 2 },
  });
});

test('the watermark is the time of the newest change that is counted', async () => {
  const loop = new Loop();
  loop.clock.advance(5000);
  await loop.fold([customerEvent('a', { amount: 1 })]);
  const at = loop.clock.at;
  await loop.run();
  expect((await loop.services.counters.totals()).watermark).toBe(at);
});

test('control: a store that takes any sequence number counts a repeat twice', async () => {
  const loop = await projected({
    overrides: ({ counters }) => ({
      counters: {
        ...counters,
        ofShard: async shard => ({ ...(await counters.ofShard(shard)), sequence: '' }),
        advance: async (shard, _from, to, totals) => {
          const { sequence } = await counters.ofShard(shard);
          return counters.advance(shard, sequence, `${to}${sequence.length}`, totals);
        },
      },
    }),
  });
  await loop.redeliverEverything();
  expect((await loop.services.counters.totals()).events).toBeGreaterThan(60);
});
