import { beforeEach, expect, test } from 'vitest';
import { notFound } from '../../../core/errors.ts';
import { startParts } from '../../../core/flows/start-parts.ts';
import type { EventPageQuery, FoundEvents } from '../../../core/ports/event-lake.ts';
import { QueryStopped, QueryTooLarge, QueryTooSlow } from '../../../core/ports/query-engine.ts';
import { whileWanted } from '../../../functions/adapters/while-wanted.ts';
import { handler } from '../../../functions/queues/answer-question.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import { addKey } from '../../fixtures/platform-keys.ts';

const slow = () => new QueryTooSlow('the query was stopped');
const large = () => new QueryTooLarge('there is no room');
let platform: Platform;
/** How the lake answers: by what it throws, or nothing at all. */
let page: (query: EventPageQuery) => Promise<FoundEvents>;
const refusing = (fault: () => Error) => {
  page = async () => {
    throw fault();
  };
};
const answering = () => {
  page = async () => ({ events: [], asOf: Date.UTC(2026, 1, 15) });
};

beforeEach(async () => {
  refusing(slow);
  platform = await openPlatform({
    overrides: {
      eventLake: { page: query => page(query), one: async () => undefined },
      whileWanted: whileWanted(5),
    },
  });
});

const call = (query: object = { type: 'purchase' }, key = platform.keys.read) =>
  platform.call('listEvents', { query: query as Record<string, unknown>, key });
const jobOf = async (jobId: string) => (await platform.call('getJob', { params: { id: jobId } })).data;
const exportOf = async (jobId: string, key = platform.keys.read) =>
  (await platform.call('getExport', { params: { id: jobId }, key })).data;
const later = async (query?: object, key?: string): Promise<string> => {
  const { status, body } = await call(query, key);
  expect(status).toBe(202);
  return (body as { data: { jobId: string } }).data.jobId;
};

/** Hands what waits in the queue to the worker, every message twice. */
const work = async (jobId: string): Promise<unknown[]> => {
  const job = await platform.services.jobs.get(jobId);
  if (!job) throw new Error('there is no job');
  await startParts(job, platform.services.queues);
  const { answerQuestion: waiting } = platform.outbox.sent;
  const some = waiting.splice(0);
  const Records = [...some, ...some].map((message, n) => ({ messageId: String(n), body: JSON.stringify(message) }));
  return (await handler({ Records } as never, lambdaContext)).batchItemFailures;
};

test.each([
  ['listEvents', { query: {} }],
  ['listSessions', { query: {} }],
] as const)('%s that takes too long, or too much memory, is answered 202 with a job', async (id, request) => {
  for (const fault of [slow, large]) {
    refusing(fault);
    const answer = await platform.call(id, { ...request, key: platform.keys.read });
    expect(answer).toMatchObject({ status: 202, body: { success: true, data: { jobId: expect.any(String) } } });
  }
});

test('the job finds the answer with more time, and it is downloaded as exports are', async () => {
  const jobId = await later();
  expect(await jobOf(jobId)).toMatchObject({ kind: 'question', status: 'running', subjectId: 'listEvents' });
  let budget = 0;
  page = async query => {
    budget = query.budgetSeconds ?? 0;
    return { events: [], asOf: Date.UTC(2026, 1, 15) };
  };
  expect(await work(jobId)).toEqual([]);
  expect(budget).toBe(600);
  expect(await jobOf(jobId)).toMatchObject({
    status: 'completed',
    progress: { done: 1, total: 1 },
    result: { rows: 0, files: 1 },
  });
  const told = await exportOf(jobId);
  expect(told).toMatchObject({ kind: 'answer', format: 'json', status: 'completed', url: expect.any(String) });
  const file = await platform.services.transfers.get(`exports/${jobId}/answer`);
  expect(JSON.parse(Buffer.from(file?.body ?? []).toString())).toEqual({
    success: true,
    data: { items: [], limit: 50 },
    meta: { asOf: '2026-02-15T00:00:00.000Z' },
  });
});

test('whoever asks the same while the job runs gets the same job, at once; others get one of their own', async () => {
  const jobId = await later();
  answering();
  expect(await later()).toBe(jobId);
  expect((await call({ type: 'refund' })).status).toBe(200);
  const masked = await addKey(platform.services, { scopes: ['read'], fieldPolicy: { identifier: 'drop' } });
  expect((await call({ type: 'purchase' }, masked)).status).toBe(200);
  await work(jobId);
  expect((await call()).status).toBe(200);
  refusing(slow);
  expect(await later()).not.toBe(jobId);
});

test('of several who ask at the same moment all get one job', async () => {
  const jobIds = await Promise.all(Array.from({ length: 5 }, () => later()));
  expect(new Set(jobIds).size).toBe(1);
  expect((await platform.services.jobs.all()).length).toBe(1);
});

test.each([
  ['time', slow, /took longer than 600 s/],
  ['memory', large, /more memory than a worker has/],
  ['what it is about', () => notFound('Profile', 'profile-1'), /profile-1 does not exist/],
])('a job that lacks %s ends, and says so', async (_name, fault, reason) => {
  const jobId = await later();
  refusing(fault);
  expect(await work(jobId)).toEqual([]);
  expect(await jobOf(jobId)).toMatchObject({ status: 'failed', error: expect.stringMatching(reason) });
  expect(await exportOf(jobId)).toMatchObject({ status: 'failed', error: expect.stringMatching(reason) });
  refusing(slow);
  expect(await later()).not.toBe(jobId);
});

test('what fails otherwise comes again', async () => {
  const jobId = await later();
  refusing(() => new Error('the disk is gone'));
  expect(await work(jobId)).toHaveLength(2);
  expect(await jobOf(jobId)).toMatchObject({ status: 'running' });
  answering();
  expect(await work(jobId)).toEqual([]);
  expect(await jobOf(jobId)).toMatchObject({ status: 'completed' });
});

test('a job that is cancelled stops looking, and keeps nothing', async () => {
  const jobId = await later();
  page = async ({ signal }) => {
    await platform.call('cancelJob', { params: { id: jobId } });
    return new Promise((_, refuse) => {
      signal?.addEventListener('abort', () => refuse(new QueryStopped('nobody waits')));
    });
  };
  expect(await work(jobId)).toEqual([]);
  expect(await jobOf(jobId)).toMatchObject({ status: 'cancelled' });
  expect(await platform.services.transfers.get(`exports/${jobId}/answer`)).toBeUndefined();
});

test('nobody gets more than whoever asked may see, and the file is for those who see as much', async () => {
  const key = await addKey(platform.services, { scopes: ['read'], fieldPolicy: { identifier: 'drop' } });
  const jobId = await later({}, platform.keys.read);
  answering();
  await work(jobId);
  expect(await exportOf(jobId, key)).not.toHaveProperty('url');
  expect(await exportOf(jobId)).toHaveProperty('url');
});

test('the budgets are settings', async () => {
  const values = { QUESTION_SECONDS: 3, QUESTION_JOB_SECONDS: 30 };
  await platform.call('updateSettings', { body: values });
  platform.clock.advance(60_000);
  const budgets: unknown[] = [];
  page = async ({ budgetSeconds }) => {
    budgets.push(budgetSeconds);
    throw slow();
  };
  await work(await later());
  expect(budgets).toEqual([3, 30]);
});
