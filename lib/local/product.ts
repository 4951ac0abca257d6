import type { System } from './assembly/system.ts';
import type { Clients } from './engines/clients.ts';
import type { SecretStore } from './engines/secrets/secret-store.ts';
import type { Endpoints } from './engines/start-engines.ts';
import type { Log } from './log.ts';

/** What the product may use to prepare itself: everything exists, nothing runs yet. */
export interface PreparedSystem {
  /** Looks up resources of the app; `system.find('TableLogicalId')` and `system.declared(…).name` give its names. */
  system: System;
  clients: Clients;
  endpoints: Endpoints;
  region: string;
  secrets: SecretStore;
  /** The name of the first table of the app, if it has one. */
  tableName: string | undefined;
  /** The environment of this machine, such as `CDP_ADMIN_KEY` and `CDP_WRITE_KEY`. */
  environment: Record<string, string>;
  /** Where the state lies. */
  stateDirectory: string;
  log: Log;
}

/** Called after all resources exist and before the HTTP port opens. */
export type PrepareProduct = (prepared: PreparedSystem) => Promise<void>;
