import { randomUUID } from 'node:crypto';
import { givenFields } from '../../core/model/given-fields.ts';
import { type IntegrationKind, integrationCatalogue } from '../../core/model/integration-catalogue.ts';
import type { StoredIntegration } from '../../core/model/stored-integration.ts';
import type { Collection } from '../../core/ports/collection.ts';
import { openDocumentClient } from '../../functions/adapters/clients.ts';
import { keys } from '../../functions/adapters/stores/access-patterns.ts';
import { tableCollection } from '../../functions/adapters/stores/table-collection.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { mapOf, textOf } from './assembly/template.ts';
import { localCredentials } from './engines/clients.ts';
import type { Fakes } from './fakes/start-fakes.ts';
import { LocalError } from './local-error.ts';
import type { PreparedSystem, PrepareProduct } from './product.ts';

/** What the names of the secrets begin with: what the functions are told. */
const prefixOf = ({ system }: PreparedSystem): string => {
  const [prefix] = system
    .ofType('AWS::Lambda::Function')
    .flatMap(
      ({ properties }) => textOf(mapOf(mapOf(properties.Environment).Variables).INTEGRATION_SECRETS_PREFIX) ?? [],
    );
  if (prefix === undefined) throw new LocalError('The synthesised app does not say where secrets of integrations are.');
  return prefix;
};

interface Given {
  name: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
  standIn?: true;
}

/** The systems of which the environment says everything that they must know. */
const givenBy = (environment: NodeJS.ProcessEnv): Given[] =>
  Object.entries(integrationCatalogue).flatMap(([name, kind]: [string, IntegrationKind]) => {
    const given = {
      settings: givenFields(kind.settings, environment),
      secrets: givenFields(kind.secrets, environment),
    };
    const missing = (fields: IntegrationKind['settings'], found: Record<string, string>) =>
      Object.entries(fields).some(([field, { required }]) => required && !Object.hasOwn(found, field));
    if (missing(kind.settings, given.settings) || missing(kind.secrets, given.secrets)) return [];
    return [{ name, ...given }];
  });

const same = (kept: Record<string, string>, given: Record<string, string>): boolean =>
  Object.entries(given).every(([field, value]) => kept[field] === value);

/** Connects what the environment names, its secrets first; what is connected in the same way stays as it is. */
const connect = async (
  { name, settings, secrets, standIn }: Given,
  prepared: PreparedSystem,
  integrations: Collection<StoredIntegration>,
): Promise<void> => {
  const secretName = `${prefixOf(prepared)}/${name}`;
  const known = prepared.secrets.get(secretName);
  const found = await integrations.get(name);
  const before = found?.standIn === standIn ? found : undefined;
  const keptSecrets = before && known ? (JSON.parse(known.value) as Record<string, string>) : {};
  if (before && same(keptSecrets, secrets) && same(before.settings, settings)) return;
  const at = new Date().toISOString();
  const value = JSON.stringify({ ...keptSecrets, ...secrets });
  prepared.secrets.put({ name: secretName, value, versionId: randomUUID(), createdAt: Date.now() });
  const setNow = Object.fromEntries(Object.keys(secrets).map(secret => [secret, at]));
  const after = {
    id: name,
    version: (found?.version ?? 0) + 1,
    ...(standIn ? { standIn } : {}),
    settings: { ...before?.settings, ...settings },
    secrets: { ...before?.secrets, ...setNow },
    configuredAt: at,
    configuredBy: standIn ? 'stand-in' : 'environment',
  };
  await (found ? integrations.replace(after) : integrations.add(after));
};

/** Stand-ins are connected where nobody has connected the platform itself. */
const standInsFor = async (
  fakes: Fakes | undefined,
  given: readonly Given[],
  integrations: Collection<StoredIntegration>,
): Promise<Given[]> => {
  const free = (fakes?.all ?? []).filter(({ fake }) => !given.some(({ name }) => name === fake.name));
  const wanted = await Promise.all(
    free.map(async ({ fake: { name }, credentials }): Promise<Given[]> => {
      const found = await integrations.get(name);
      return found && found.standIn !== true ? [] : [{ name, ...credentials, standIn: true }];
    }),
  );
  return wanted.flat();
};

/** Connects the outside systems whose credentials the environment holds, and stand-ins in the place of the others. */
export const prepareIntegrations =
  (environment: NodeJS.ProcessEnv, fakes?: Fakes): PrepareProduct =>
  async prepared => {
    const given = givenBy(environment);
    if ((given.length === 0 && fakes === undefined) || !prepared.tableName) return;
    const client = openDocumentClient({
      endpoint: prepared.endpoints.dynamodb,
      region: prepared.region,
      credentials: localCredentials,
    });
    try {
      const table = dynamoTable(client, prepared.tableName);
      const integrations = tableCollection<StoredIntegration>(table, keys.integration);
      const standIns = await standInsFor(fakes, given, integrations);
      for (const one of [...given, ...standIns]) await connect(one, prepared, integrations);
    } finally {
      client.destroy();
    }
  };
