import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Keyring } from '../../core/ports/outlets.ts';

/** The text of a secret, read once per process. */
export const secretReader = (client = new SecretsManagerClient()): ((arn: string) => Promise<string>) => {
  const read = new Map<string, Promise<string>>();
  const load = async (arn: string): Promise<string> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (!SecretString) throw new Error('the secret holds no text');
    return SecretString;
  };
  return arn => {
    const known = read.get(arn) ?? load(arn);
    read.set(arn, known);
    known.catch(() => read.delete(arn));
    return known;
  };
};

/** Keys derived from the platform secret: HMAC-SHA256 of the purpose. */
export const secretKeyring = (readSecret: () => Promise<string>): Keyring => ({
  derive: async purpose =>
    createHmac('sha256', await readSecret())
      .update(purpose)
      .digest(),
});
