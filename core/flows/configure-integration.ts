import type { Integration } from '../contract/integrations.ts';
import { notFound, Problem, unprocessable } from '../errors.ts';
import type { IntegrationName } from '../model/integration-catalogue.ts';
import { type IntegrationField, type IntegrationKind, integrationKind } from '../model/integration-catalogue.ts';
import type { StoredIntegration } from '../model/stored-integration.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import { shownIntegration } from './shown-integration.ts';

type Texts = Record<string, string>;

interface Configuration {
  name: string;
  settings: Texts;
  secrets: Texts;
  callerId: string;
}

interface ConfigureTools {
  integrations: Collection<StoredIntegration>;
  secretStore: SecretStore;
  now: () => Date;
}

/** @throws Problem `NOT_FOUND` for a system that is not in the catalogue */
export const kindOf = (name: string): IntegrationKind => {
  const kind = integrationKind(name);
  if (!kind) throw notFound('Integration', name);
  return kind;
};

/**
 * Connects an outside system, or changes the connection. The secrets are durable before the connection is told, so that
 * whoever finds it finds them.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` @throws Problem `CONFLICT`
 */
export const configureIntegration = async (
  { name, settings, secrets, callerId }: Configuration,
  { integrations, secretStore, now }: ConfigureTools,
): Promise<Integration> => {
  const kind = kindOf(name);
  const known = await integrations.get(name);
  // What a stand-in was told is of no use to the system itself.
  const before = known?.standIn ? undefined : known;
  const kept = {
    settings: { ...before?.settings, ...settings },
    secrets: { ...(before && (await secretStore.read(name))), ...secrets },
  };
  checkFields('body.settings', kind.settings, kept.settings);
  checkFields('body.secrets', kind.secrets, kept.secrets);
  if (Object.keys(secrets).length > 0) await secretStore.write(name, kept.secrets);
  const at = now().toISOString();
  const setNow = Object.fromEntries(Object.keys(secrets).map(secret => [secret, at]));
  const after: StoredIntegration = {
    id: name,
    version: (known?.version ?? 0) + 1,
    settings: kept.settings,
    secrets: { ...before?.secrets, ...setNow },
    configuredAt: at,
    configuredBy: callerId,
  };
  await keep(integrations, after);
  return shownIntegration(name as IntegrationName, after);
};

const checkFields = (path: string, known: Record<string, IntegrationField>, given: Texts): void => {
  for (const field of Object.keys(given)) {
    if (!Object.hasOwn(known, field)) throw unprocessable(`${path}.${field}`, 'is not a field of this integration');
  }
  for (const [field, { required }] of Object.entries(known)) {
    if (required && !Object.hasOwn(given, field)) throw unprocessable(`${path}.${field}`, 'is missing');
  }
};

const keep = async (integrations: Collection<StoredIntegration>, after: StoredIntegration): Promise<void> => {
  try {
    await (after.version === 1 ? integrations.add(after) : integrations.replace(after));
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', `Integration ${after.id} is being changed by somebody else; try again`);
  }
};
