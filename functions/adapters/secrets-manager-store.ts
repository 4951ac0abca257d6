import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { SecretStore } from '../../core/ports/secret-store.ts';

interface Place {
  client: SecretsManagerClient;
  /** What the names of this deployment's secrets begin with. */
  prefix: string;
  /** The key they are sealed with; the account's own when absent. */
  keyId?: string | undefined;
}

/** What is not there is `undefined`; every other fault is thrown. */
const unlessMissing = async <Found>(asked: Promise<Found>): Promise<Found | undefined> => {
  try {
    return await asked;
  } catch (fault) {
    if (fault instanceof ResourceNotFoundException) return undefined;
    throw fault;
  }
};

/** One secret for each outside system, made when it is first connected: what is not used costs nothing. */
export const secretsManagerStore = ({ client, prefix, keyId }: Place): SecretStore => {
  const idOf = (name: string): string => `${prefix}/${name}`;
  return {
    read: async name => {
      const found = await unlessMissing(client.send(new GetSecretValueCommand({ SecretId: idOf(name) })));
      return found?.SecretString === undefined ? undefined : (JSON.parse(found.SecretString) as Record<string, string>);
    },
    write: async (name, secrets) => {
      const SecretString = JSON.stringify(secrets);
      const put = client.send(new PutSecretValueCommand({ SecretId: idOf(name), SecretString }));
      if (await unlessMissing(put)) return;
      const Description = `Customer data platform: credentials for ${name}`;
      const sealed = keyId === undefined ? {} : { KmsKeyId: keyId };
      await client.send(new CreateSecretCommand({ Name: idOf(name), SecretString, Description, ...sealed }));
    },
    remove: async name => {
      const command = new DeleteSecretCommand({ SecretId: idOf(name), ForceDeleteWithoutRecovery: true });
      await unlessMissing(client.send(command));
    },
  };
};
