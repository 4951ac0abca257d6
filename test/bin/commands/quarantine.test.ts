import { expect, test } from 'vitest';
import { jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';
import { runProgram } from '../run-program.ts';
import { testDirectory } from '../test-directory.ts';

const at = '2026-02-15T12:00:00.000Z';
const item = (n: number) => ({
  ...{ id: `event-${n}`, reason: 'profile_not_found', receivedAt: at, quarantinedAt: at, tries: 2 },
  event: { type: 'page_view', messageId: `m-${n}`, properties: {}, identifiers: [{ type: 'email', value: 'a@b.c' }] },
});
const found = { redriven: 3, stillQuarantined: 0, notFound: 0, examples: [] as object[] };

/** A platform with three events in two pages, whose job has ended at once. */
const open = async (result: typeof found = found) => {
  const server = await openTestServer(({ method, url }) => {
    if (method === 'POST') return jsonAnswer(202, { success: true, data: { jobId: 'job-1' } });
    if (url.includes('/events/quarantine')) {
      const second = url.includes('cursor=next');
      const page = second ? { items: [item(3)] } : { items: [item(1), item(2)], nextCursor: 'next' };
      return jsonAnswer(200, { success: true, data: { ...page, limit: 2, counts: { profile_not_found: 3 } } });
    }
    const job = { id: 'job-1', kind: 'quarantine.redrive', status: 'completed', subjectId: 'quarantine', result };
    const times = { createdAt: at, updatedAt: at, progress: { done: 4, total: 4 } };
    return jsonAnswer(200, { success: true, data: { ...job, ...times } });
  });
  const run = (...args: string[]) =>
    runProgram(['--url', server.url, '--key', 'key', 'quarantine', ...args], testDirectory());
  return { run, requests: server.requests };
};

test('list shows every page and how many there are for each reason', async () => {
  const { run, requests } = await open();
  const { code, stdout } = await run('list', '--reason', 'profile_not_found', '--from', '2026-02-15');
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toBe(`event-1\tprofile_not_found\t${at}\t2\tpage_view\temail a@b.c`);
  expect(stdout).toContain('event-3');
  expect(stdout).toContain('3 shown; in quarantine: profile_not_found 3.');
  expect(requests[0]?.url).toContain('reason=profile_not_found&startDate=2026-02-15&limit=50');
});

test('list stops at its limit, and says that there are more', async () => {
  const { run, requests } = await open();
  expect((await run('list', '--limit', '2')).stdout).toContain('2 shown, there are more');
  expect(requests).toHaveLength(1);
});

test.each([
  [['--all'], { filter: {}, dryRun: false }],
  [['--type', 'purchase', '--dry-run'], { filter: { type: 'purchase' }, dryRun: true }],
  [['event-1', 'event-2'], { ids: ['event-1', 'event-2'], dryRun: false }],
  [['--all', '--patch', '{"profileId":null}'], { filter: {}, patch: { profileId: null }, dryRun: false }],
])('redrive %j asks for %j', async (args, body) => {
  const { run, requests } = await open();
  const { code, stdout } = await run('redrive', ...args);
  expect(code).toBe(0);
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual(body);
  expect(stdout).toContain(body.dryRun ? '3 would be put on the event stream' : '3 put on the event stream');
});

test('what stays is named with its reason, and the exit code says so', async () => {
  const examples = [{ id: 'event-1', reason: 'purchase_invalid', detail: 'properties.amount: is negative' }];
  const { run } = await open({ ...found, stillQuarantined: 1, examples });
  const { code, stdout } = await run('redrive', '--all');
  expect(code).toBe(1);
  expect(stdout).toContain('event-1\tpurchase_invalid\tproperties.amount: is negative');
});

test.each([
  [[], 'Say which events'],
  [['event-1', '--all'], 'Say which events'],
  [['--all', '--patch', '{'], '--patch is not JSON'],
  [['--all', '--patch', '{"messageId":"x"}'], '--patch'],
])('redrive %j is refused before anything is sent', async (args, told) => {
  const { run, requests } = await open();
  const { code, stderr } = await run('redrive', ...args);
  expect([code, requests.length]).toEqual([1, 0]);
  expect(stderr).toContain(told);
});
