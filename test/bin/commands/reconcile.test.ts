import { expect, test } from 'vitest';
import { jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';
import { runProgram } from '../run-program.ts';
import { testDirectory } from '../test-directory.ts';

const at = '2026-02-15T12:00:00.000Z';
const found = { checked: 30, different: 2, repaired: 0, incomplete: 1, examples: ['profile-1', 'profile-2'] };

/** A platform whose job has ended at the second look. */
const open = async (status: string, result: typeof found) => {
  let looks = 0;
  const server = await openTestServer(({ method }) => {
    if (method === 'POST') return jsonAnswer(202, { success: true, data: { jobId: 'job-1' } });
    looks += 1;
    const job = {
      id: 'job-1',
      kind: 'profiles.reconcile',
      subjectId: 'profiles',
      createdAt: at,
      updatedAt: at,
      result,
    };
    const state =
      looks > 1
        ? { status, progress: { done: 16, total: 16 } }
        : { status: 'running', progress: { done: 3, total: 16 } };
    return jsonAnswer(200, { success: true, data: { ...job, ...state } });
  });
  const run = (...args: string[]) =>
    runProgram(['--url', server.url, '--key', 'key', 'reconcile', ...args], testDirectory());
  return { run, requests: server.requests };
};

test('what differs is told, with examples and what mends it, and the exit code says so', async () => {
  const { run, requests } = await open('completed', found);
  const { code, stdout, stderr } = await run();
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ repair: false });
  expect(stdout).toContain('30 profiles checked, 2 differed, 0 repaired, 1 with expired events');
  expect(stderr).toContain('profile-1, profile-2. Add --repair');
  expect(code).toBe(1);
});

test('a repair that mended everything is a success', async () => {
  const { run, requests } = await open('completed', { ...found, repaired: 2 });
  expect((await run('--repair')).code).toBe(0);
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ repair: true });
});

test('a job that did not come to its end is a failure', async () => {
  const { run } = await open('cancelled', { ...found, different: 0 });
  const { code, stderr } = await run();
  expect([code, stderr]).toEqual([1, expect.stringContaining('job-1 is cancelled')]);
});
