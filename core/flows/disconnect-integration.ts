import { Problem } from '../errors.ts';
import type { StoredIntegration } from '../model/stored-integration.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import { kindOf } from './configure-integration.ts';

interface DisconnectTools {
  integrations: Collection<StoredIntegration>;
  secretStore: SecretStore;
  commitTogether: CommitTogether;
}

/** Forgets a connection, its secrets first; what is not connected stays so. @throws Problem `NOT_FOUND` */
export const disconnectIntegration = async (
  name: string,
  { integrations, secretStore, commitTogether }: DisconnectTools,
): Promise<void> => {
  kindOf(name);
  await secretStore.remove(name);
  const stored = await integrations.get(name);
  if (!stored) return;
  try {
    await commitTogether([integrations.removing(stored)]);
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', `Integration ${name} is being changed by somebody else; try again`);
  }
};
