import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Answering, jsonAnswer } from '../../fixtures/test-server.ts';
import { eventsIn, openFakePlatform, problemAnswer, takeAll } from '../fake-platform.ts';
import { startCli } from '../run-cli.ts';
import { runProgram } from '../run-program.ts';
import { testDirectory } from '../test-directory.ts';

const rowCount = 60;
const lines = Array.from(
  { length: rowCount },
  (_, index) => `customer-${index + 1},1997-01-${10 + (index % 20)},${index}.10`,
);
const mapping = ['--map', 'customerId=customerId,timestamp=date', '--map', 'properties.amount=amount'];
const asPurchases = ['--as', 'events', '--type', 'purchase', ...mapping, '--batch', '10', '--concurrency', '3'];

const open = async (answer?: Answering, rows: readonly string[] = lines) => {
  const directory = testDirectory();
  writeFileSync(join(directory, 'purchases.csv'), `customerId,date,amount\n${rows.join('\n')}\n`);
  const platform = await openFakePlatform(answer);
  const file = join(directory, 'purchases.csv');
  const errors = ['--errors', join(directory, 'purchases.errors.csv')];
  const target = ['--url', platform.url, '--key', 'key-1'];
  const args = [...target, 'import', file, ...asPurchases, ...errors, '--no-wait'];
  const imports = join(directory, 'state/imports');
  return {
    ...platform,
    directory,
    target,
    /** Within this thread. */
    run: (...more: string[]) => runProgram([...args, ...more], join(directory, 'state')),
    /** As a process of its own. */
    start: (...more: string[]) => startCli([...args, ...more], { directory }),
    unfinished: () => (existsSync(imports) ? readdirSync(imports) : []),
  };
};

const idsOf = (events: { messageId: string }[]): string[] => events.map(({ messageId }) => messageId).sort();

test('every row is sent once, as it stands in the file; a second run sends the very same', async () => {
  const cli = await open();
  const first = await cli.run();
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain('60 rows read: 60 accepted, 0 duplicates, 0 rejected.');
  const events = cli.sentEvents();
  const [event] = events.filter(({ messageId }) => messageId.endsWith('-3'));
  expect(event).toEqual({
    messageId: expect.stringMatching(/^import-[0-9a-f]{32}-3$/),
    type: 'purchase',
    timestamp: '1997-01-12',
    identifiers: [{ type: 'customerId', value: 'customer-3' }],
    properties: { amount: '2.10' },
  });
  expect(new Set(idsOf(events)).size).toBe(rowCount);
  expect(cli.unfinished()).toEqual([]);
  expect((await cli.run()).code).toBe(0);
  expect(idsOf(cli.sentEvents().slice(rowCount))).toEqual(idsOf(events));
});

test('503, 429 and dropped connections are tried again with the same message ids', async () => {
  const mishaps = [
    problemAnswer(503, 'UNAVAILABLE'),
    'drop',
    problemAnswer(429, 'RATE_LIMITED', { 'retry-after': '1' }),
  ] as const;
  const cli = await open((request, index) => mishaps[index] ?? takeAll(request));
  const { code, stdout } = await cli.run();
  expect(code).toBe(0);
  expect(stdout).toContain('60 rows read: 60 accepted');
  expect(cli.sent()).toHaveLength(6 + mishaps.length);
  expect(new Set(idsOf(cli.sentEvents())).size).toBe(rowCount);
});

test('rows that are refused, here or there, go to the error file with the reason, and the exit code says so', async () => {
  const bad = ['null,1997-01-01,5.00', 'a,31/12/1997,5.00', 'b,1997-01-01,=1+1', 'c,1997-01-01', 'd,1997-01-01,"x"y'];
  const cli = await open(undefined, [...lines.slice(0, 5), ...bad]);
  const { code, stdout } = await cli.start().ended;
  expect(code).toBe(1);
  expect(stdout).toContain('10 rows read: 5 accepted, 0 duplicates, 5 rejected.');
  expect(stdout).toContain('purchases.errors.csv');
  const [header, ...errors] = readFileSync(join(cli.directory, 'purchases.errors.csv'), 'utf8').trimEnd().split('\n');
  expect(header).toBe('customerId,date,amount,row,path,reason');
  expect(errors.sort()).toEqual([
    'a,31/12/1997,5.00,7,timestamp,is not an ISO 8601 time',
    "b,1997-01-01,'=1+1,8,properties.amount,must be a decimal of at most 15 digits before and 10 after the point",
    'c,1997-01-01,,9,,has 2 fields; the header names 3 columns',
    'd,1997-01-01,"""x""y",10,,has text after a closing quote',
    expect.stringMatching(/^null,1997-01-01,5\.00,6,identifiers,none of the identifiers/),
  ]);
  expect((await cli.run('--allow-errors')).code).toBe(0);
});

/** How many rows the state file says are done. */
const rowsKept = ({ directory, unfinished }: Awaited<ReturnType<typeof open>>): number =>
  unfinished()
    .filter(name => name.endsWith('.json'))
    .map(name => readFileSync(join(directory, 'state/imports', name), 'utf8'))
    .flatMap(text => (JSON.parse(text) as { ranges: [number, number][] }).ranges)
    .reduce((sum, [from, to]) => sum + to - from + 1, 0);

test('an import that was killed goes on where it was; Ctrl-C sees the running batches through', async () => {
  let held = false;
  const cli = await open(async (request, index) => {
    if (index < 4) return takeAll(request);
    if (!held) return problemAnswer(503, 'UNAVAILABLE', { 'retry-after': '60' });
    return takeAll(request);
  });
  const killed = cli.start();
  await vi.waitFor(() => expect(rowsKept(cli)).toBe(40), { timeout: 20_000 });
  killed.process.kill('SIGKILL');
  await killed.ended;

  const interrupted = cli.start();
  const before = cli.sent().length;
  await vi.waitFor(() => expect(cli.sent().length).toBeGreaterThan(before), { timeout: 20_000 });
  interrupted.process.kill('SIGINT');
  const stopped = await interrupted.ended;
  expect(stopped.code).toBe(130);
  expect(stopped.stdout).toContain('run the same command again to send the rest');

  held = true;
  const sentBefore = cli.sent().length;
  const { code, stdout } = await cli.run();
  expect(code).toBe(0);
  expect(stdout).toContain('(40 of 60 rows sent by an earlier run)');
  expect(stdout).toContain('60 rows read: 60 accepted, 0 duplicates, 0 rejected.');
  expect(cli.sent().slice(sentBefore).flatMap(eventsIn)).toHaveLength(20);
  expect(new Set(idsOf(cli.sentEvents())).size).toBe(rowCount);
  expect(cli.unfinished()).toEqual([]);
});

test('a platform that stays away ends the import with what to do; --fresh sends everything again', async () => {
  let away = true;
  const cli = await open((request, index) => (away && index >= 3 ? 'drop' : takeAll(request)));
  const failed = await cli.run('--retries', '1');
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('The platform does not answer');
  expect(failed.stderr).toContain('run the same command again to send the rest');
  away = false;
  const sentBefore = cli.sent().length;
  expect((await cli.run('--fresh')).stdout).toContain('60 rows read: 60 accepted');
  expect(cli.sent().slice(sentBefore).flatMap(eventsIn)).toHaveLength(rowCount);
});

test('a wrong key ends the import at once', async () => {
  const cli = await open(() => problemAnswer(401, 'UNAUTHORIZED'));
  const { code, stderr } = await cli.run();
  expect(code).toBe(1);
  expect(stderr).toContain('Give a valid key with --key or CDP_KEY.');
  expect(cli.sent().length).toBeLessThanOrEqual(3);
});

test('--dry-run judges every row and sends nothing', async () => {
  const cli = await open(undefined, [...lines, 'null,1997-01-01,5.00']);
  const { code, stdout } = await cli.run('--dry-run');
  expect(code).toBe(1);
  expect(stdout).toContain('61 rows read: 60 accepted, 0 duplicates, 1 rejected.');
  expect(stdout).toContain('Nothing was sent.');
  expect(cli.sent()).toEqual([]);
});

test('consents name the channel and the person apart, one batch after the other', async () => {
  let running = 0;
  let most = 0;
  const platform = await openFakePlatform(async request => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(resolve => setTimeout(resolve, 20));
    running -= 1;
    return takeAll(request);
  });
  const directory = testDirectory();
  const content = '{"mail":"a@b.co","news":true}\n{"mail":"c@d.co","news":"no"}\n{"mail":"e@f.co","news":"perhaps"}\n';
  writeFileSync(join(directory, 'news.jsonl'), content);
  const mapped = ['--as', 'consents', '--map', 'email=mail,consent.email=news', '--batch', '1'];
  const errors = ['--errors', join(directory, 'news.errors.jsonl')];
  const args = ['import', join(directory, 'news.jsonl'), ...mapped, ...errors];
  const { code, stdout } = await runProgram(['--url', platform.url, '--key', 'key-1', ...args], directory);
  expect(code).toBe(1);
  expect(stdout).toContain('The platform has worked everything off.');
  expect(platform.sentEvents()).toMatchObject([
    { type: 'consent', identifiers: [{ type: 'email', value: 'a@b.co' }], consent: { email: true } },
    { type: 'consent', identifiers: [{ type: 'email', value: 'c@d.co' }], consent: { email: false } },
  ]);
  expect(most).toBe(1);
  expect(JSON.parse(readFileSync(join(directory, 'news.errors.jsonl'), 'utf8'))).toEqual({
    mail: 'e@f.co',
    news: 'perhaps',
    row: 3,
    path: 'consent.email',
    reason: 'is none of true, false, yes, no, 1, 0',
  });
});

test('profiles are upserted by the columns that bear known names', async () => {
  const platform = await openFakePlatform(() => jsonAnswer(201, { success: true, data: {} }));
  const directory = testDirectory();
  writeFileSync(join(directory, 'people.csv'), 'email,firstName,shoe\na@b.co,Ann,39\nc@d.co,,\n');
  const args = ['import', join(directory, 'people.csv'), '--as', 'profiles', '--no-wait'];
  const { stdout } = await runProgram(['--url', platform.url, '--key', 'key-1', ...args], directory);
  expect(stdout).toContain('2 rows read: 2 accepted');
  expect(
    platform
      .sent()
      .map(({ body }) => body)
      .sort(),
  ).toEqual(['{"email":"a@b.co","firstName":"Ann"}', '{"email":"c@d.co"}']);
});

test.each([
  ['a file that is not there', 'nowhere.csv', [], 'There is no file'],
  ['a directory', 'state', [], 'is not a file'],
  ['a column that is not there', 'purchases.csv', ['--map', 'email=mail'], 'no column “mail”'],
  ['an error file that is the input', 'purchases.csv', ['--errors', 'purchases.csv'], 'replace the input'],
])('%s is refused before anything is sent', async (_name, file, more, message) => {
  const cli = await open();
  mkdirSync(join(cli.directory, 'state'));
  const options = more.map(option => (option.endsWith('.csv') ? join(cli.directory, option) : option));
  const args = [...cli.target, 'import', join(cli.directory, file), '--as', 'profiles', ...options];
  const { code, stderr } = await runProgram(args, cli.directory);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(cli.sent()).toEqual([]);
});
