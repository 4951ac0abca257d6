import { integrationKind } from '../model/integration-catalogue.ts';
import type { Platform } from '../model/platform-config.ts';
import type { StoredIntegration } from '../model/stored-integration.ts';
import type { Collection } from '../ports/collection.ts';

export interface ConnectionTools {
  integrations: Pick<Collection<StoredIntegration>, 'get'>;
}

/** Whether a platform can be sent to: our own endpoints and files always, others as soon as somebody connected them. */
export const isConnected = async (platform: Platform, { integrations }: ConnectionTools): Promise<boolean> =>
  integrationKind(platform) === undefined || (await integrations.get(platform)) !== undefined;
