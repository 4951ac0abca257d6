import type { IntegrationName } from '../../../core/model/integration-catalogue.ts';
import type { StoredIntegration } from '../../../core/model/stored-integration.ts';
import type { Collection } from '../../../core/ports/collection.ts';
import { DeliveryFailed } from '../../../core/ports/destination.ts';
import type { SecretStore } from '../../../core/ports/secret-store.ts';

type Texts = Readonly<Record<string, string>>;

/** What a platform has to be told to know us. */
export interface PlatformConnection {
  settings: Texts;
  secrets: Texts;
  /** The stand-in of this machine answers in the place of the platform. */
  standIn: boolean;
}

/** The connection with a platform. @throws DeliveryFailed `unauthorized` where there is none */
export type ConnectPlatform = (name: IntegrationName) => Promise<PlatformConnection>;

export interface ConnectTools {
  integrations: Pick<Collection<StoredIntegration>, 'get'>;
  secretStore: Pick<SecretStore, 'read'>;
  now: () => number;
}

/** So long a process works with credentials that were replaced meanwhile. */
const rememberedMilliseconds = 30_000;

/** Reads connections, and remembers each for a moment. */
export const platformConnections = ({ integrations, secretStore, now }: ConnectTools): ConnectPlatform => {
  const remembered = new Map<string, { connection: PlatformConnection; until: number }>();
  return async name => {
    const known = remembered.get(name);
    if (known && known.until > now()) return known.connection;
    const [stored, secrets] = await Promise.all([integrations.get(name), secretStore.read(name)]);
    if (!stored || !secrets) throw new DeliveryFailed(`${name} is not connected`, 'unauthorized');
    const connection = { settings: stored.settings, secrets, standIn: stored.standIn === true };
    remembered.set(name, { connection, until: now() + rememberedMilliseconds });
    return connection;
  };
};

/** Where a platform is asked: at its own address, or at its stand-in on this machine. */
export const originOf = (
  name: IntegrationName,
  { standIn }: PlatformConnection,
  own: string,
  standIns: string | undefined,
): string => (standIn && standIns !== undefined ? `${standIns}/${name}` : own);
