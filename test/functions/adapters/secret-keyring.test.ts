import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { secretKeyring, secretReader } from '../../../functions/adapters/secret-keyring.ts';

const mock = mockClient(SecretsManagerClient);
const read = () => secretReader(new SecretsManagerClient({ region: 'us-east-1' }));

beforeEach(() => mock.reset());

test('a secret is read once, however many ask', async () => {
  mock.on(GetSecretValueCommand).resolves({ SecretString: 'text' });
  const reader = read();
  expect(await Promise.all([reader('arn-1'), reader('arn-1')])).toEqual(['text', 'text']);
  await reader('arn-1');
  expect(mock.commandCalls(GetSecretValueCommand)).toHaveLength(1);
});

test('a reading that failed is not remembered', async () => {
  mock.on(GetSecretValueCommand).rejectsOnce(new Error('no route')).resolves({ SecretString: 'text' });
  const reader = read();
  await expect(reader('arn-1')).rejects.toThrow('no route');
  expect(await reader('arn-1')).toBe('text');
});

test('a secret without text is an error, not an empty key', async () => {
  mock.on(GetSecretValueCommand).resolves({ SecretString: '' });
  await expect(read()('arn-1')).rejects.toThrow('no text');
});

test('keys are the same for a purpose, and tell nothing of each other nor of the secret', async () => {
  const keyring = secretKeyring(async () => 'the secret');
  const [first, again, other] = await Promise.all(['a', 'a', 'b'].map(purpose => keyring.derive(purpose)));
  expect(first).toHaveLength(32);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(await secretKeyring(async () => 'another secret').derive('a')).not.toEqual(first);
});
