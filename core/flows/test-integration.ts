import { Problem } from '../errors.ts';
import type { StoredIntegration } from '../model/stored-integration.ts';
import type { Collection } from '../ports/collection.ts';
import type { IntegrationProbe } from '../ports/integration-probe.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import { changeDocument } from './change-document.ts';
import { kindOf } from './configure-integration.ts';

interface TestTools {
  integrations: Collection<StoredIntegration>;
  secretStore: SecretStore;
  integrationProbe: IntegrationProbe;
  now: () => Date;
}

/**
 * Asks an outside system whether it knows our credentials, and keeps what it said.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` where nothing is connected
 */
export const testIntegration = async (
  name: string,
  { integrations, secretStore, integrationProbe, now }: TestTools,
): Promise<NonNullable<StoredIntegration['lastTest']>> => {
  kindOf(name);
  const stored = await integrations.get(name);
  const secrets = stored && (await secretStore.read(name));
  if (!stored || !secrets) throw new Problem('CONFLICT', `${name} is not connected; configure it first`);
  const result = await integrationProbe.probe(name, stored.settings, secrets, stored.standIn);
  const lastTest = { ...result, at: now().toISOString() };
  await changeDocument('Integration', name, integrations, one => ({ ...one, lastTest }));
  return lastTest;
};
