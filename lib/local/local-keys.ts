import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { GrantedScope } from '../../core/model/caller.ts';
import type { Collection } from '../../core/ports/collection.ts';
import { openDocumentClient } from '../../functions/adapters/clients.ts';
import { hashSecret, readApiKey, type StoredApiKey } from '../../functions/adapters/key-verifier.ts';
import { secretKeyring } from '../../functions/adapters/secret-keyring.ts';
import { keys } from '../../functions/adapters/stores/access-patterns.ts';
import { tableCollection } from '../../functions/adapters/stores/table-collection.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { mapOf, textOf } from './assembly/template.ts';
import { localCredentials } from './engines/clients.ts';
import { LocalError } from './local-error.ts';
import type { PreparedSystem, PrepareProduct } from './product.ts';
import { readState, writeState } from './state-file.ts';

/** The keys of the local platform: one that may everything, one that may only send events. */
export interface LocalKeys {
  adminKey: string;
  writeKey: string;
}

const keysFile = (stateDirectory: string): string => join(stateDirectory, 'keys.json');

const newKey = (): string => `cdp_local_${ulid().toLowerCase()}_${randomBytes(24).toString('hex')}`;

/** Given by the environment, else those of the last run, else new ones. Readable by this user only. */
const chooseKeys = (stateDirectory: string, environment: NodeJS.ProcessEnv): LocalKeys => {
  const last = readState<Partial<LocalKeys>>(keysFile(stateDirectory)) ?? {};
  const chosen = {
    adminKey: environment.CDP_ADMIN_KEY || last.adminKey || newKey(),
    writeKey: environment.CDP_WRITE_KEY || last.writeKey || newKey(),
  };
  if (chosen.adminKey === chosen.writeKey)
    throw new LocalError('CDP_ADMIN_KEY and CDP_WRITE_KEY are the same key. Give two different ones, or none.');
  writeState(keysFile(stateDirectory), chosen, 0o600);
  return chosen;
};

/** The secret that functions derive keys from: the one that their environment names. */
const platformSecret = ({ system, secrets }: PreparedSystem): string => {
  const [arn] = system.ofType('AWS::Lambda::Function').flatMap(({ properties }) => {
    const { PLATFORM_SECRET_ARN } = mapOf(mapOf(properties.Environment).Variables);
    return textOf(PLATFORM_SECRET_ARN) ?? [];
  });
  const value = secrets.get(arn ?? '')?.value;
  if (!value) throw new LocalError('The synthesised app declares no platform secret to derive keys from.');
  return value;
};

const openKeys = (prepared: PreparedSystem) => {
  if (!prepared.tableName) throw new LocalError('The synthesised app declares no table to keep keys in.');
  const client = openDocumentClient({
    endpoint: prepared.endpoints.dynamodb,
    region: prepared.region,
    credentials: localCredentials,
  });
  const collection = tableCollection<StoredApiKey>(dynamoTable(client, prepared.tableName), keys.apiKey);
  return { collection, close: () => client.destroy() };
};

interface Grant {
  name: string;
  kind: StoredApiKey['kind'];
  scopes: GrantedScope[];
}

const grants: Record<keyof LocalKeys, Grant> = {
  adminKey: { name: 'Local admin', kind: 'secret', scopes: ['admin'] },
  writeKey: { name: 'Local write key', kind: 'write', scopes: ['ingest'] },
};

const documentOf = async (text: string, grant: Grant, secret: string): Promise<StoredApiKey> => {
  const { id, secret: own } = readApiKey(text) ?? {};
  if (!id || !own)
    throw new LocalError(
      `The key for "${grant.name}" cannot be used: a key has 16–200 visible characters without blanks.`,
    );
  const hash = await hashSecret(
    secretKeyring(async () => secret),
    own,
  );
  return {
    ...grant,
    id,
    version: 1,
    fieldPolicy: {},
    prefix: text.slice(0, 12),
    createdAt: new Date().toISOString(),
    rateLimitPerMinute: null,
    hash,
  };
};

/** A key that is there stays what it became, but for the limit: keys of this machine have none. */
const keep = async (collection: Collection<StoredApiKey>, document: StoredApiKey): Promise<void> => {
  const known = await collection.get(document.id);
  if (!known) return collection.add(document);
  if (known.rateLimitPerMinute === null) return;
  await collection.replace({ ...known, version: known.version + 1, rateLimitPerMinute: null });
};

/** Puts both keys into the store, where they are not yet; tells what they are. */
export const prepareKeys =
  (environment: NodeJS.ProcessEnv, tell: (chosen: LocalKeys) => void): PrepareProduct =>
  async prepared => {
    const chosen = chooseKeys(prepared.stateDirectory, environment);
    const secret = platformSecret(prepared);
    const { collection, close } = openKeys(prepared);
    try {
      for (const [role, grant] of Object.entries(grants) as [keyof LocalKeys, Grant][]) {
        await keep(collection, await documentOf(chosen[role], grant, secret));
      }
    } finally {
      close();
    }
    tell(chosen);
  };
