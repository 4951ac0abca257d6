import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { secretsManagerStore } from '../../../functions/adapters/secrets-manager-store.ts';
import { startSecretServer } from '../../../lib/local/engines/secrets/secret-server.ts';
import { SecretStore } from '../../../lib/local/engines/secrets/secret-store.ts';

/** The store over the local secrets, as handlers reach them. */
const opened = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'cdp-secrets-'));
  const local = new SecretStore(directory);
  const { port, stop } = await startSecretServer(local, 0, name => `arn:aws:secretsmanager:x:y:secret:${name}`);
  onTestFinished(stop);
  const client = new SecretsManagerClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  return { directory, local, store: secretsManagerStore({ client, prefix: 'cdp/test/integrations' }) };
};

test('secrets are kept under a name of their own, replaced, and removed for good', async () => {
  const { store, local } = await opened();
  expect(await store.read('klaviyo')).toBeUndefined();
  await store.write('klaviyo', { apiKey: 'one' });
  await store.write('klaviyo', { apiKey: 'two' });
  await store.write('google', { clientSecret: 'three' });
  expect([await store.read('klaviyo'), await store.read('google')]).toEqual([
    { apiKey: 'two' },
    { clientSecret: 'three' },
  ]);
  expect(local.names()).toEqual(['cdp/test/integrations/klaviyo', 'cdp/test/integrations/google']);
  await store.remove('klaviyo');
  await store.remove('klaviyo');
  expect(await store.read('klaviyo')).toBeUndefined();
});

test('on this machine the file is sealed', async () => {
  const { store, directory } = await opened();
  await store.write('klaviyo', { apiKey: 'canary-of-a-secret' });
  expect(readFileSync(join(directory, 'secrets')).includes('canary')).toBe(false);
});
