import type { Place } from './assembly/place.ts';
import type { Assembly } from './assembly/read-assembly.ts';
import { System } from './assembly/system.ts';
import type { Bells } from './engines/bell.ts';
import { type Clients, openClients } from './engines/clients.ts';
import { createResources, createSecrets } from './engines/create-resources.ts';
import { startSecretServer } from './engines/secrets/secret-server.ts';
import { SecretStore } from './engines/secrets/secret-store.ts';
import { type Endpoints, startEngines } from './engines/start-engines.ts';
import type { Stops } from './stops.ts';

/** Where a system is opened. */
export interface SystemOptions {
  assembly: Assembly;
  /** The origin of the HTTP server that is to come. */
  origin: string;
  stateDirectory: string;
  /** Called when an engine ended by itself. */
  failed: (message: string) => void;
}

/** A system whose engines run and whose resources exist; none of its functions runs yet. */
export interface OpenSystem {
  system: System;
  place: Place;
  clients: Clients;
  secrets: SecretStore;
  endpoints: Endpoints & { secrets: string };
  bells: Bells;
}

const region = 'us-east-1';
const accountId = '000000000000';

const secretArn = (name: string): string => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`;

/** The value of a secret, or of one key of the JSON object that it holds. */
const secretText = (store: SecretStore, id: string, key: string): string => {
  const value = store.get(id)?.value ?? '';
  return key === '' ? value : String((JSON.parse(value) as Record<string, unknown>)[key] ?? '');
};

/**
 * Starts the engines over the state directory and creates in them what the app declares. Rejects with a `LocalError`,
 * before an engine is started, for a resource type that does not run here.
 */
export const openSystem = async (options: SystemOptions, stops: Stops): Promise<OpenSystem> => {
  const { assembly, origin, stateDirectory, failed } = options;
  new System(assembly, { region, accountId, origin, queueOrigin: origin, objectOrigin: origin });
  const secrets = new SecretStore(stateDirectory);
  const engines = await startEngines(stateDirectory, { region, accountId }, failed);
  stops.add(engines.stop);
  const secretServer = await startSecretServer(secrets, 0, secretArn);
  stops.add(secretServer.stop);
  const place = {
    region,
    accountId,
    origin,
    queueOrigin: engines.endpoints.queues,
    objectOrigin: engines.endpoints.objects,
  };
  const system = new System(assembly, place, (id, key) => secretText(secrets, id, key));
  const clients = openClients(engines.endpoints, region);
  stops.add(clients.close);
  createSecrets(system, secrets);
  await createResources(system, clients);
  const endpoints = { ...engines.endpoints, secrets: `http://127.0.0.1:${secretServer.port}` };
  return { system, place, clients, secrets, endpoints, bells: engines.bells };
};
