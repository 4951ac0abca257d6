import { beforeEach, describe, expect, test } from 'vitest';
import { Job } from '../../../../core/contract/system.ts';
import type { StoredJob } from '../../../../core/flows/stored-job.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
const work = (n: number, status: Job['status']) => ({
  ...{ id: `job-${n}`, version: 1, status, subjectId: `subject-${n}`, progress: { done: n, total: 16 } },
  ...{ createdAt: '2026-02-15T11:00:00.000Z', updatedAt: '2026-02-15T11:00:00.000Z', pending: { 0: '' }, resends: 0 },
});
const evaluation = (n: number, status: Job['status']): StoredJob => ({
  ...work(n, status),
  kind: 'segment.evaluate',
  segmentVersion: 1,
});
const sync: StoredJob = { ...work(2, 'running'), kind: 'audience.sync', platform: 'webhook', operation: 'add' };
beforeEach(async () => {
  platform = await openPlatform();
  const { jobs } = platform.services;
  await jobs.add(evaluation(1, 'completed'));
  await jobs.add(sync);
  await jobs.add(evaluation(3, 'running'));
});

const list = async (query = {}) => (await platform.call('listJobs', { query })).data;
const cancel = (id: string) => platform.call('cancelJob', { params: { id } });

describe('listJobs', () => {
  test.each([
    [{}, ['job-3', 'job-2', 'job-1']],
    [{ status: 'running' }, ['job-3', 'job-2']],
    [{ kind: 'segment.evaluate' }, ['job-3', 'job-1']],
    [{ kind: 'segment.evaluate', status: 'running' }, ['job-3']],
    [{ offset: 1, limit: 1 }, ['job-2']],
  ])('%j names %j, newest first', async (query, expected) => {
    expect((await list(query)).items.map(({ id }) => id)).toEqual(expected);
  });

  test('counts what was asked for and pages through it by cursor', async () => {
    const first = await list({ limit: 1, status: 'running' });
    expect(first).toMatchObject({ total: 2, limit: 1, nextCursor: expect.any(String) });
    const second = await list({ limit: 1, status: 'running', cursor: first.nextCursor });
    expect(second.items.map(({ id }) => id)).toEqual(['job-2']);
    expect(second).not.toHaveProperty('nextCursor');
  });

  test('a status that there is not is refused', async () => {
    const { status, error } = await platform.call('listJobs', { query: { status: 'asleep' } });
    expect([status, error.details[0]?.path]).toEqual([422, 'query.status']);
  });
});

test('getJob answers the job without what is only ours', async () => {
  const { data } = await platform.call('getJob', { params: { id: 'job-2' } });
  expect(data).toEqual(Job.parse(sync));
  expect(data).not.toHaveProperty('pending');
});

describe('cancelJob', () => {
  test('ends a running job, and a second time leaves it as it is', async () => {
    const { status, data } = await cancel('job-3');
    expect(status).toBe(200);
    expect(data).toMatchObject({ status: 'cancelled', updatedAt: '2026-02-15T12:00:00.000Z' });
    platform.clock.advance(1000);
    expect((await cancel('job-3')).data).toEqual(data);
    expect(await platform.services.jobs.get('job-3')).toMatchObject({ status: 'cancelled', version: 2 });
  });

  test('refuses a job that has ended, and leaves it', async () => {
    const { status, error } = await cancel('job-1');
    expect([status, error.code]).toEqual([409, 'CONFLICT']);
    expect((await platform.services.jobs.get('job-1'))?.status).toBe('completed');
  });

  test('stands against workers that report progress meanwhile', async () => {
    const { jobs } = platform.services;
    const progress = async (done: number) => {
      const job = await jobs.get('job-3');
      if (job) await jobs.replace({ ...job, version: job.version + 1, progress: { done, total: 16 } });
    };
    const others = Array.from({ length: 10 }, (_, done) => progress(done).catch(() => undefined));
    const [cancelled] = await Promise.all([cancel('job-3'), ...others]);
    expect(cancelled.status).toBe(200);
    expect((await jobs.get('job-3'))?.status).toBe('cancelled');
  });
});
