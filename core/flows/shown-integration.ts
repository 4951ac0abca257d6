import type { Integration } from '../contract/integrations.ts';
import { type IntegrationKind, type IntegrationName, integrationCatalogue } from '../model/integration-catalogue.ts';
import type { StoredIntegration } from '../model/stored-integration.ts';

/** An outside system as it is shown: what it is, and what is known of the connection, without a secret. */
export const shownIntegration = (name: IntegrationName, stored: StoredIntegration | undefined): Integration => {
  const { title, purpose, secrets }: IntegrationKind = integrationCatalogue[name];
  return {
    name,
    title,
    purpose,
    state: stored ? 'connected' : 'not_connected',
    standIn: stored?.standIn,
    settings: stored?.settings ?? {},
    secrets: Object.entries(secrets).map(([secret, { means, required }]) => ({
      name: secret,
      means,
      required,
      setAt: stored?.secrets[secret],
    })),
    configuredAt: stored?.configuredAt,
    configuredBy: stored?.configuredBy,
    lastTest: stored?.lastTest,
  };
};
