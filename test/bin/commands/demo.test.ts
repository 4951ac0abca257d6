import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { inPages } from '../../../bin/demo/in-pages.ts';
import { receiverPlace } from '../../../bin/demo/receiver-place.ts';
import { type Client, openClient } from '../../../core/contract/client.ts';
import { type RunningPlatform, startPlatform } from '../../fixtures/running-platform.ts';
import { until } from '../../fixtures/until.ts';
import { allOf } from '../all-of.ts';
import { startCli } from '../run-cli.ts';
import { testDirectory } from '../test-directory.ts';

const size = ['--customers', '60', '--days', '30', '--until', '2026-02-15'];
const everybodyMs = 90_000;

let platform: RunningPlatform;
let client: Client;

beforeAll(async () => {
  platform = await startPlatform();
  client = openClient({ baseUrl: platform.url, key: platform.adminKey });
}, everybodyMs);

afterAll(async () => {
  await platform?.stop();
});

const start = (...options: string[]) =>
  startCli(['--url', platform.url, '--key', platform.adminKey, 'demo', ...options], { directory: testDirectory() });

const everything = async () => ({
  stats: await client.getStats(),
  profiles: await allOf(inPages(cursor => client.listProfiles({ query: { limit: 1000, cursor } }))),
  segments: (await client.listSegments()).items.map(({ countAsOf: _when, ...segment }) => segment),
  audiences: (await client.listAudiences()).items,
});

/** What a summary says, but for what was received in this run. */
const lasting = (stdout: string): string[] =>
  stdout
    .slice(stdout.indexOf('The demo is there'))
    .split('\n')
    .filter(line => !line.includes('in this run'));

let first: Awaited<ReturnType<typeof everything>>;
let said: string;

test(
  'where the port of the receiver is taken, the message says what to do, and all else is made',
  async () => {
    const { host, port } = receiverPlace(Number(new URL(platform.url).port));
    const server = createServer().listen(port, host);
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { code, stdout } = await start(...size).ended;
    expect(code).toBe(0);
    expect(stdout).toContain(
      `none: port ${port}, where the receiver would listen, is in use. Give an address with --webhook.`,
    );
  },
  everybodyMs,
);

test(
  'once there is a receiver, the same command completes the demo with an audience that is sent there',
  async () => {
    const { code, stdout, stderr } = await start().ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    said = stdout;
    first = await everything();
    const members = await client.listMembers({ params: { id: first.audiences[0]?.segmentIds[0] ?? '' } });
    const agreed = members.items.filter(({ profile }) => profile.consent.email === true);
    expect(first.profiles).toHaveLength(60 + 3 + 12);
    expect(agreed.length).toBeGreaterThan(0);
    expect(stdout).toContain(
      `${agreed.length} at the destination, ${members.items.length - agreed.length} kept back for want of consent`,
    );
    expect(stdout).toMatch(/[1-9]\d* deliveries in this run, every signature verified\n/);
    expect(stdout).toContain('60 customers, 30 days until 2026-02-15');
  },
  everybodyMs,
);

test(
  'a second run changes nothing, and --listen shows who enters the audience',
  async () => {
    const second = start('--listen');
    let heard = '';
    second.process.stdout?.on('data', chunk => {
      heard += String(chunk);
    });
    await until('the summary', () => heard.includes('Listening to what the audience is sent'), 60);
    expect(lasting(heard)).toEqual(expect.arrayContaining(lasting(said).filter(line => line !== '')));
    expect(await everything()).toEqual(first);
    const orders = ['a', 'b', 'c'].map(name => ({
      identifiers: [{ type: 'customerId' as const, value: 'somebody-new' }],
      type: 'purchase',
      consent: { email: true },
      properties: { orderId: `order-${name}`, amount: 400 },
    }));
    await client.trackEvents({ body: { events: orders } });
    await until('the new member', () => /^added .*somebody-new/m.test(heard), 60);
    second.process.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  },
  everybodyMs,
);

test.each([
  ['a day that is yet to come', ['--until', '2999-01-01']],
  ['a day that is none', ['--until', '2026-02-30']],
  ['no customers', ['--customers', '0']],
])('%s is refused before anything is sent', async (_name, options) => {
  const { code, stderr } = await start(...options).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/It must be a/);
});
