import { expect, test } from 'vitest';
import { startRedrive } from '../../../core/flows/start-redrive.ts';
import { resultOf } from '../../../core/flows/stored-job.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { EventPatch } from '../../../core/model/event-patch.ts';
import { envelopes } from '../../../functions/adapters/stores/envelope.ts';
import { log } from '../../../functions/kit/log.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, Loop, type LoopOptions } from '../../fixtures/run-loop.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { deliverLane, streamRecords } from '../../fixtures/stream-delivery.ts';

log.setLogLevel('SILENT');

const all = { from: 0, until: Number.POSITIVE_INFINITY };
const everything = { ...all, limit: 100 };
const count = 6;

type Fault = (operation: 'put before' | 'put after') => void;

/** Seven purchases in quarantine: a wrong time, which a patch mends; the last one has a fault that stays. */
const withQuarantined = async (options: LoopOptions = {}, fault: Fault = () => {}) => {
  const stream: AcceptedEvent[] = [];
  const events = {
    put: async (some: readonly AcceptedEvent[]) => {
      fault('put before');
      stream.push(...some);
      fault('put after');
    },
  };
  const loop = new Loop({ ...options, overrides: () => ({ events }) });
  const early = (n: number): AcceptedEvent => ({
    ...customerEvent(`c${n}`, { amount: n + 1, type: 'purchase' }),
    quarantine: 'timestamp_before_1970',
    originalTimestamp: '1965-01-01T00:00:00.000Z',
  });
  const good = Array.from({ length: count }, (_, n) => early(n));
  const bad = { ...early(count), properties: { amount: -1 } };
  const given = [...good, bad];
  await deliver(loop, given);
  await loop.run();
  const redrive = async (patch: EventPatch = { timestamp: '2026-02-01T00:00:00.000Z' }) => {
    const { id } = await startRedrive({ selection: all, patch, dryRun: false }, loop.services);
    await loop.run();
    const job = await loop.services.jobs.get(id);
    return { status: job?.status, result: job && resultOf(job) };
  };
  const left = async () => (await loop.services.quarantine.list(everything)).items;
  return { loop, stream, given, redrive, left };
};

/** Delivers events to the real profile worker in windows of any size, some of them more than once. */
const deliver = async (loop: Loop, events: readonly AcceptedEvent[], lostAnswers = 0): Promise<void> => {
  provideServices(loop.services);
  const delivery = { random: seededRandom(1), recordsMax: 5, lostAnswers, inVainMax: 50 };
  const records = streamRecords(envelopes(events, 'batch-1'), loop.clock.at);
  expect(await deliverLane(records, delivery)).toEqual([]);
};

const ltvs = async ({ services }: Loop): Promise<(string | undefined)[]> => {
  const keys = Array.from({ length: count + 1 }, (_, n) => `customerId#c${n}`);
  const owners = await services.profiles.ownersOf(keys);
  const states = await Promise.all(keys.map(key => services.profiles.get(owners.get(key) ?? 'none')));
  return states.map(state => state?.head.counters.ltv);
};

const once = [...Array.from({ length: count }, (_, n) => String(n + 1)), undefined];
const wanted = { redriven: count, stillQuarantined: 1, notFound: 0 };

test('what passes leaves the quarantine for the stream, and the rest stays', async () => {
  const { loop, stream, redrive, left } = await withQuarantined();
  expect(await redrive()).toMatchObject({ status: 'completed', result: wanted });
  expect(stream).toHaveLength(count);
  expect(await left()).toMatchObject([{ state: 'held', tries: 2, reason: 'purchase_invalid' }]);
  await deliver(loop, stream);
  expect(await ltvs(loop)).toEqual(once);
});

test('every message twice, and all of them once more: nothing has its effect twice, and nothing changes any more', async () => {
  const { loop, stream, redrive } = await withQuarantined({ twice: true, seed: 7 });
  expect(await redrive()).toMatchObject({ status: 'completed', result: wanted });
  await deliver(loop, stream, 0.5);
  await loop.run();
  const before = loop.contents();
  const sent = stream.length;
  await loop.redeliverEverything();
  expect(stream).toHaveLength(sent);
  await deliver(loop, stream, 0.5);
  expect(differences(before, loop.contents())).toEqual([]);
  expect(await ltvs(loop)).toEqual(once);
});

test('however often a redrive runs, the earlier tries of an event bring it neither back nor to effect again', async () => {
  const { loop, stream, given, redrive, left } = await withQuarantined();
  await redrive();
  await deliver(loop, stream);
  await deliver(loop, given);
  expect(await left()).toHaveLength(1);
  expect(await redrive({ source: 'again' })).toMatchObject({ result: { redriven: 0, stillQuarantined: 1 } });
  expect(stream).toHaveLength(count);
  expect(await ltvs(loop)).toEqual(once);
});

/** Lets the n-th operation of the redrive fail, before it happens or after it. */
const failing = (place: number, when: 'before' | 'after') => {
  const state = { armed: false, seen: 0, failed: false };
  const strike = (at: 'before' | 'after'): void => {
    if (!state.armed || state.failed || at !== when) return;
    state.seen += 1;
    if (state.seen <= place) return;
    state.failed = true;
    throw new Error('the process ended');
  };
  const hooks = { before: () => strike('before'), after: () => strike('after') };
  const fault: Fault = operation => strike(operation === 'put before' ? 'before' : 'after');
  return { state, hooks, fault };
};

test.each(['before', 'after'] as const)(
  'a crash right %s any step loses nothing and doubles nothing',
  async when => {
    let crashes = 0;
    for (let place = 0; ; place += 1) {
      const { state, hooks, fault } = failing(place, when);
      const { loop, stream, redrive, left } = await withQuarantined({ hooks }, fault);
      const start = async () => {
        const { id } = await startRedrive(
          { selection: all, patch: { timestamp: '2026-02-01T00:00:00.000Z' }, dryRun: false },
          loop.services,
        );
        state.armed = true;
        await loop.run();
        state.armed = false;
        return loop.services.jobs.get(id);
      };
      const job = await start();
      expect([place, job?.status, job && resultOf(job)]).toMatchObject([place, 'completed', wanted]);
      expect(new Set(stream.map(event => event.id)).size).toBe(count);
      expect(new Set(stream.map(event => JSON.stringify(event))).size).toBe(count);
      expect(await left()).toMatchObject([{ state: 'held', tries: 2, reason: 'purchase_invalid' }]);
      await deliver(loop, stream, 0.3);
      expect(await ltvs(loop)).toEqual(once);
      expect(await redrive()).toMatchObject({ result: { redriven: 0, stillQuarantined: 1 } });
      if (!state.failed) break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThan(30);
  },
  60_000,
);

test('what one redrive has settled, and another one finds, goes as it was settled, whatever the other wants', async () => {
  let broken = true;
  const { loop, stream, redrive, left } = await withQuarantined({}, operation => {
    if (broken && operation === 'put after') throw new Error('the process ended');
  });
  const patch = (day: string): EventPatch => ({ timestamp: `2026-02-0${day}T00:00:00.000Z` });
  const { id } = await startRedrive({ selection: all, patch: patch('1'), dryRun: false }, loop.services);
  await loop.run();
  expect((await left()).filter(({ state }) => state === 'leaving')).toHaveLength(count);
  expect(loop.messages.deadLetters.length).toBeGreaterThan(0);
  broken = false;
  expect(await redrive(patch('2'))).toMatchObject({ status: 'completed', result: wanted });
  expect(new Set(stream.map(({ timestamp }) => timestamp))).toEqual(new Set(['2026-02-01T00:00:00.000Z']));
  loop.messages.redrive();
  await loop.run();
  expect((await loop.services.jobs.get(id))?.status).toBe('completed');
  await deliver(loop, stream);
  expect(await ltvs(loop)).toEqual(once);
});

test('an event that comes back while the redrive goes on is not lost, and not sent again by the same job', async () => {
  const { loop, stream, given, redrive, left } = await withQuarantined({ twice: true });
  const { events } = loop.services;
  const put = events.put;
  Object.assign(events, {
    put: async (some: readonly AcceptedEvent[]) => {
      await put(some);
      const back = some.map(event => ({ ...event, profileId: 'profile-nobody' }));
      await deliver(loop, back);
    },
  });
  expect(await redrive()).toMatchObject({ status: 'completed', result: wanted });
  const sent = new Set(stream.map(({ id }) => id));
  expect(sent.size).toBe(count);
  const back = (await left()).filter(({ reason }) => reason === 'profile_not_found');
  expect(back.map(({ id, tries }) => [id, tries]).sort()).toEqual([...sent].sort().map(id => [id, 2]));
  expect(await left()).toHaveLength(given.length);
});

test('a worker whose time runs out passes on what it has come to', async () => {
  const { loop, redrive } = await withQuarantined();
  const { quarantine } = loop.services;
  const page = quarantine.page;
  Object.assign(quarantine, {
    page: async (partition: number, _limit: number, after?: string) => {
      loop.clock.advance(15_000);
      return page(partition, 1, after);
    },
  });
  expect(await redrive()).toMatchObject({ status: 'completed', result: wanted });
  const passedOn = loop.messages.sent.filter(
    ({ queue, body }) => queue === 'redriveEvents' && 'after' in (body as object),
  );
  expect(passedOn.length).toBeGreaterThan(1);
});

test('a job without its patch ends, and changes nothing', async () => {
  const { loop, left } = await withQuarantined();
  const { id } = await startRedrive({ selection: all, patch: { source: 'x' }, dryRun: false }, loop.services);
  await loop.table.write({ kind: 'delete', key: { pk: 'REDRIVES', sk: id } });
  await loop.run();
  expect(await loop.services.jobs.get(id)).toMatchObject({
    status: 'cancelled',
    error: expect.stringContaining('patch'),
  });
  expect((await left()).map(({ tries }) => tries)).toEqual(Array.from({ length: count + 1 }, () => 1));
});
