import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { firstAdminKey } from '../../../functions/adapters/first-admin.ts';
import { secretKeyring } from '../../../functions/adapters/secret-keyring.ts';
import { type Answering, jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';
import { runProgram } from '../run-program.ts';
import { testDirectory } from '../test-directory.ts';

const open = async (answer: Answering) => {
  const state = testDirectory();
  writeFileSync(join(state, 'keys.json'), JSON.stringify({ adminKey: 'key-of-the-local-platform' }));
  const server = await openTestServer(answer);
  return {
    requests: server.requests,
    run: (...args: string[]) => runProgram(['--url', server.url, ...args], state),
  };
};

const key = {
  id: 'key-1',
  name: 'shop',
  prefix: 'cdp_abc',
  kind: 'secret',
  scopes: ['read', 'write'],
  createdAt: '2026-01-01T00:00:00.000Z',
};

test('a key is made with the key of the local platform, and printed', async () => {
  const { run, requests } = await open(() =>
    jsonAnswer(201, { success: true, data: { ...key, key: 'cdp_abc_secret' } }),
  );
  const { code, stdout } = await run('keys', 'create', '--name', 'shop', '--scopes', 'read, write');
  expect(code).toBe(0);
  expect(stdout).toContain('key-1 (secret: read, write)\ncdp_abc_secret\n');
  expect(requests[0]?.headers.authorization).toBe('Bearer key-of-the-local-platform');
  expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
    name: 'shop',
    kind: 'secret',
    scopes: ['read', 'write'],
  });
});

test('a scope that does not exist is refused before anything is sent', async () => {
  const { run, requests } = await open(() => jsonAnswer(500, {}));
  const { code, stderr } = await run('keys', 'create', '--name', 'shop', '--scopes', 'everything');
  expect(code).toBe(1);
  expect(stderr).toContain('--scopes: ');
  expect(requests).toEqual([]);
});

test('every page of the list is printed, with the state of each key', async () => {
  const second = { ...key, id: 'key-2', revokedAt: '2026-02-01T00:00:00.000Z' };
  const { run } = await open(({ url }) =>
    url.includes('cursor=next')
      ? jsonAnswer(200, { success: true, data: { items: [second], limit: 1000 } })
      : jsonAnswer(200, { success: true, data: { items: [key], limit: 1000, nextCursor: 'next' } }),
  );
  expect((await run('keys', 'list')).stdout).toBe(
    'key-1\tcdp_abc\tsecret\tread,write\tvalid\tshop\n' +
      'key-2\tcdp_abc\tsecret\tread,write\trevoked 2026-02-01T00:00:00.000Z\tshop\n',
  );
});

test('a key is revoked by its id; an unknown one is told as the platform tells it', async () => {
  const { run, requests } = await open(({ url }) =>
    url.endsWith('/key-1')
      ? { status: 204, headers: {}, body: '' }
      : jsonAnswer(404, { success: false, error: { code: 'NOT_FOUND', message: 'Key x does not exist', details: [] } }),
  );
  expect((await run('keys', 'revoke', 'key-1')).stdout).toContain('Revoked key-1');
  expect(requests[0]).toMatchObject({ method: 'DELETE' });
  expect(await run('keys', 'revoke', 'x')).toMatchObject({
    code: 1,
    stderr: 'The platform refused this: Key x does not exist (404 NOT_FOUND).',
  });
});

test('a key is rotated; its new form is printed, and how long the old one lives', async () => {
  const { run, requests } = await open(() => jsonAnswer(200, { success: true, data: { ...key, key: 'cdp_abc_new' } }));
  expect((await run('keys', 'rotate', 'key-1', '--grace', '60')).stdout).toMatch(/cdp_abc_new\n[\s\S]*60 more seconds/);
  expect(requests[0]).toMatchObject({ method: 'POST', url: '/api/cdp/api-keys/key-1/rotate' });
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ graceSeconds: 60 });
});

test('the first admin key is made with what is derived from the platform secret', async () => {
  const { run, requests } = await open(() =>
    jsonAnswer(201, { success: true, data: { ...key, key: 'cdp_abc_first' } }),
  );
  const { url } = await openTestServer(() => jsonAnswer(200, { SecretString: 'the platform secret' }));
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b');
  const { stdout, stderr } = await run('keys', 'bootstrap', '--secret-arn', 'arn:aws:secretsmanager:x:y:secret:z');
  expect(stderr).toBe('');
  expect(stdout).toContain('cdp_abc_first');
  const [, sent = ''] = /^Bearer (.+)$/.exec(requests[0]?.headers.authorization ?? '') ?? [];
  const [, , id = ''] = sent.split('_');
  const at = Number.parseInt(id.slice('first'.length), 36);
  expect(sent).toBe(
    await firstAdminKey(
      secretKeyring(async () => 'the platform secret'),
      'first',
      at,
    ),
  );
  expect(sent).not.toContain('secret');
});
