import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Answering, jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';
import { runProgram } from '../run-program.ts';
import { testDirectory } from '../test-directory.ts';

const open = async (answer: Answering) => {
  const state = testDirectory();
  writeFileSync(join(state, 'keys.json'), JSON.stringify({ adminKey: 'key-of-the-local-platform' }));
  const server = await openTestServer(answer);
  return {
    requests: server.requests,
    run: (...args: string[]) => runProgram(['--url', server.url, 'integrations', ...args], state),
  };
};

const ok = (data: unknown) => jsonAnswer(200, { success: true, data });

test('an outside system is connected with what the environment says, and nothing of it is printed', async () => {
  vi.stubEnv('FACEBOOK_APP_ID', 'app-1');
  vi.stubEnv('FACEBOOK_APP_SECRET', 'canary-secret');
  const { run, requests } = await open(() => ok({}));
  const { stdout } = await run('set', 'facebook');
  expect(stdout).toBe('Facebook Custom Audiences is connected.\n');
  expect(requests[0]).toMatchObject({ method: 'PUT', url: '/api/cdp/integrations/facebook' });
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
    settings: { appId: 'app-1' },
    secrets: { appSecret: 'canary-secret' },
  });
});

test.each([
  ['nothing of it', undefined],
  ['what an example says', 'sk_...'],
])('where the environment has %s, nothing is sent and the variables are named', async (_name, value) => {
  vi.stubEnv('CLEARBIT_API_KEY', value);
  const { run, requests } = await open(() => ok({}));
  expect(await run('set', 'clearbit')).toMatchObject({ code: 1, stderr: expect.stringContaining('CLEARBIT_API_KEY') });
  expect(requests).toEqual([]);
});

test('a system that is not known is told with those that are', async () => {
  const { run } = await open(() => ok({}));
  expect((await run('set', 'fax')).stderr).toMatch(/no integration fax.*klaviyo/);
});

test('the list says what is connected and whether it worked', async () => {
  const items = [
    { name: 'klaviyo', title: 'Klaviyo', state: 'connected', lastTest: { ok: false, reason: 'it said 401', at: '' } },
    { name: 'google', title: 'Google', state: 'not_connected' },
  ];
  const { run } = await open(() => ok({ items }));
  expect((await run('list')).stdout).toBe(
    'klaviyo\tconnected\tdoes not work: it said 401\tKlaviyo\ngoogle\tnot_connected\t\tGoogle\n',
  );
});

test('a test that fails ends with 1 and the reason', async () => {
  const { run } = await open(() => ok({ ok: false, reason: 'it does not know these credentials (401)', at: '' }));
  expect(await run('test', 'klaviyo')).toMatchObject({ code: 1, stderr: expect.stringContaining('(401)') });
});
