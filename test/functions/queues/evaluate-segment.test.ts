import { expect, test } from 'vitest';
import { cancelJob } from '../../../core/flows/cancel-job.ts';
import type { Group } from '../../../core/language/condition.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, Loop, type LoopOptions } from '../../fixtures/run-loop.ts';
import { slowIndexTable } from '../../fixtures/slow-index-table.ts';

const everybody: Group = { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>=', value: 0 }] };
const customers = (count: number) =>
  Array.from({ length: count }, (_, index) => customerEvent(`c${index}`, { amount: 1 }));

const filled = async (count: number, options?: LoopOptions) => {
  const loop = new Loop(options);
  await loop.fold(customers(count));
  await loop.run();
  return loop;
};

test('every message twice, in any order: each partition counts once, and the job completes once', async () => {
  const loop = await filled(60, { twice: true, seed: 3 });
  const { id, jobId } = await loop.segment(everybody);
  await loop.run();
  const job = await loop.services.jobs.get(jobId);
  expect(job).toMatchObject({ status: 'completed', progress: { done: 16, total: 16 } });
  expect(await loop.services.memberships.count(id)).toBe(60);
  const before = loop.contents();
  await loop.redeliverEverything();
  expect(differences(before, loop.contents())).toEqual([]);
});

test('a worker whose time runs out passes the rest on, and nobody is missed', async () => {
  const loop = await filled(1, {
    overrides: ({ profiles }) => ({
      profiles: {
        ...profiles,
        listPartition: async (partition, _limit, after) => {
          loop.clock.advance(15_000);
          return profiles.listPartition(partition, 2, after);
        },
      },
    }),
  });
  await loop.fold(customers(100));
  const { id, jobId } = await loop.segment(everybody);
  await loop.run();
  expect(await loop.services.memberships.count(id)).toBe(100);
  expect(
    loop.messages.sent.filter(({ queue, body }) => queue === 'evaluateSegment' && 'after' in (body as object)).length,
  ).toBeGreaterThan(5);
  expect((await loop.services.jobs.get(jobId))?.status).toBe('completed');
});

test('a cancelled job stops: nobody is evaluated any more', async () => {
  const loop = await filled(20);
  const { id, jobId } = await loop.segment(everybody);
  await cancelJob(jobId, loop.services);
  await loop.run();
  expect(await loop.services.memberships.count(id)).toBe(0);
  expect((await loop.services.jobs.get(jobId))?.status).toBe('cancelled');
});

test('the job of a definition that was replaced is cancelled', async () => {
  const loop = await filled(5);
  const segment = await loop.segment(everybody);
  await loop.services.segments.replace({ ...segment, version: 2, rulesVersion: 2 });
  await loop.run();
  expect((await loop.services.jobs.get(segment.jobId))?.status).toBe('cancelled');
});

test('a definition that is replaced while a page is decided: its people are decided again by the new one', async () => {
  let replace: (() => Promise<void>) | undefined;
  const loop = await filled(10, {
    overrides: ({ memberships }) => ({
      memberships: {
        ...memberships,
        ofSegment: async (...given) => {
          const run = replace;
          replace = undefined;
          await run?.();
          return memberships.ofSegment(...given);
        },
      },
    }),
  });
  const segment = await loop.segment(everybody);
  const nobody: Group = { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 99 }] };
  replace = () => loop.services.segments.replace({ ...segment, version: 2, rulesVersion: 2, rules: nobody });
  await loop.run();
  expect(await loop.services.memberships.count(segment.id)).toBe(0);
});

test('a segment without its job, or a job without its segment, never comes to be', async () => {
  for (const moment of ['before', 'after'] as const) {
    const loop = new Loop({
      hooks: {
        [moment]: (operation: string) => {
          if (operation === 'transact') throw new Error('killed');
        },
      },
    });
    await expect(loop.segment(everybody)).rejects.toThrow('killed');
    const [segments, jobs] = [await loop.services.segments.all(), await loop.services.jobs.all()];
    expect(jobs.map(({ subjectId }) => subjectId)).toEqual(segments.map(({ id }) => id));
    expect(segments).toHaveLength(moment === 'before' ? 0 : 1);
  }
});

/** A segment that is made right after the people, who stand in the list index only after a while. */
const sizeBehindIndex = async (lagMilliseconds: number): Promise<number> => {
  let clock = { at: 0 };
  const loop = new Loop({ wrap: table => slowIndexTable(table, { lagMilliseconds, now: () => clock.at }) });
  clock = loop.clock;
  await loop.fold(customers(20));
  await loop.run();
  const { id } = await loop.segment(everybody);
  await loop.run();
  loop.clock.advance(2 * lagMilliseconds);
  return loop.services.memberships.count(id);
};

test('an index that lags two seconds behind hides nobody from the evaluation', async () => {
  expect(await sizeBehindIndex(2000)).toBe(20);
});

test('control: one that lags longer than the evaluation waits hides people', async () => {
  expect(await sizeBehindIndex(60_000)).toBeLessThan(20);
});
