import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StoredIntegration } from '../../../core/model/stored-integration.ts';
import { keys } from '../../../functions/adapters/stores/access-patterns.ts';
import { tableCollection } from '../../../functions/adapters/stores/table-collection.ts';
import { dynamoTable } from '../../../functions/adapters/table/dynamo-table.ts';
import { SecretStore } from '../../../lib/local/engines/secrets/secret-store.ts';
import { prepareIntegrations } from '../../../lib/local/local-integrations.ts';
import type { PreparedSystem } from '../../../lib/local/product.ts';
import { sharedDynamoDb } from '../../fixtures/dynamodb.ts';

const prefix = 'cdp/local/integrations';

const opened = async () => {
  const { endpoint, tableName, client } = await sharedDynamoDb();
  const secrets = new SecretStore(mkdtempSync(join(tmpdir(), 'cdp-secrets-')));
  const Environment = { Variables: { INTEGRATION_SECRETS_PREFIX: prefix } };
  const prepared = {
    system: { ofType: () => [{ properties: { Environment } }] },
    endpoints: { dynamodb: endpoint },
    region: 'us-east-1',
    secrets,
    tableName,
  } as unknown as PreparedSystem;
  const integrations = tableCollection<StoredIntegration>(dynamoTable(client, tableName), keys.integration);
  const start = (environment: NodeJS.ProcessEnv) => prepareIntegrations(environment)(prepared);
  return { secrets, integrations, start };
};

test('what the environment holds of a system is connected; a second start changes nothing, a new secret does', async () => {
  const { secrets, integrations, start } = await opened();
  const environment = {
    KLAVIYO_API_KEY: 'pk_one',
    CLEARBIT_API_KEY: 'sk_...',
    FACEBOOK_APP_ID: 'an app without its secret',
  };
  await start(environment);
  await start(environment);
  expect(secrets.names()).toEqual([`${prefix}/klaviyo`]);
  expect(JSON.parse(secrets.get(`${prefix}/klaviyo`)?.value ?? '')).toEqual({ apiKey: 'pk_one' });
  const connected = await integrations.get('klaviyo');
  expect(connected).toMatchObject({ version: 1, configuredBy: 'environment' });
  expect(JSON.stringify(connected)).not.toContain('pk_');
  await start({ KLAVIYO_API_KEY: 'pk_two' });
  expect((await integrations.get('klaviyo'))?.version).toBe(2);
  expect(JSON.parse(secrets.get(`${prefix}/klaviyo`)?.value ?? '')).toEqual({ apiKey: 'pk_two' });
});
