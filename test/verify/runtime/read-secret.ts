import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localCredentials } from '../../../lib/local/engines/clients.ts';
import type { ProbeRuntime } from './probe-runtime.ts';

/** The value of a secret, as a function would read it. */
export const readSecret = async ({ secretsEndpoint }: ProbeRuntime, SecretId: string): Promise<string | undefined> => {
  const client = new SecretsManagerClient({
    endpoint: secretsEndpoint,
    region: 'us-east-1',
    credentials: localCredentials,
  });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  client.destroy();
  return SecretString;
};
