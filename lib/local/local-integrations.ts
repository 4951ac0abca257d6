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
  { name, settings, secrets }: Given,
  prepared: PreparedSystem,
  integrations: Collection<StoredIntegration>,
): Promise<void> => {
  const secretName = `${prefixOf(prepared)}/${name}`;
  const known = prepared.secrets.get(secretName);
  const keptSecrets = known ? (JSON.parse(known.value) as Record<string, string>) : {};
  const before = await integrations.get(name);
  if (before && same(keptSecrets, secrets) && same(before.settings, settings)) return;
  const at = new Date().toISOString();
  const value = JSON.stringify({ ...keptSecrets, ...secrets });
  prepared.secrets.put({ name: secretName, value, versionId: randomUUID(), createdAt: Date.now() });
  const setNow = Object.fromEntries(Object.keys(secrets).map(secret => [secret, at]));
  const after = {
    id: name,
    version: (before?.version ?? 0) + 1,
    settings: { ...before?.settings, ...settings },
    secrets: { ...before?.secrets, ...setNow },
    configuredAt: at,
    configuredBy: 'environment',
  };
  await (before ? integrations.replace(after) : integrations.add(after));
};

/** Connects the outside systems whose credentials the environment holds. */
export const prepareIntegrations =
  (environment: NodeJS.ProcessEnv): PrepareProduct =>
  async prepared => {
    const given = givenBy(environment);
    if (given.length === 0 || !prepared.tableName) return;
    const client = openDocumentClient({
      endpoint: prepared.endpoints.dynamodb,
      region: prepared.region,
      credentials: localCredentials,
    });
    try {
      const table = dynamoTable(client, prepared.tableName);
      const integrations = tableCollection<StoredIntegration>(table, keys.integration);
      for (const one of given) await connect(one, prepared, integrations);
    } finally {
      client.destroy();
    }
  };
