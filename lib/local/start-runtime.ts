import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { declaredFunction } from './assembly/functions.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import type { Resource } from './assembly/stack.ts';
import { System } from './assembly/system.ts';
import { type Clients, openClients } from './engines/clients.ts';
import { createResources, createSecrets } from './engines/create-resources.ts';
import { freePort, requireFreePort } from './engines/free-port.ts';
import { startSecretServer } from './engines/secrets/secret-server.ts';
import { SecretStore } from './engines/secrets/secret-store.ts';
import { type Endpoints, startEngines } from './engines/start-engines.ts';
import { startTimeToLive } from './engines/time-to-live.ts';
import { Front } from './http/front.ts';
import type { Log } from './log.ts';
import { startMappings } from './mappings/start-mappings.ts';
import type { PrepareProduct } from './product.ts';
import { startSchedules } from './schedules/start-schedules.ts';
import { lockState } from './state-lock.ts';
import { Stops } from './stops.ts';
import { FunctionPool } from './worker/function-pool.ts';

/** What to run and where. */
export interface RuntimeOptions {
  /** The directory `cdk synth` wrote. */
  assemblyDirectory: string;
  /** Where everything that must survive a restart lies. */
  stateDirectory: string;
  /** The HTTP port on 127.0.0.1; 0 picks a free one. */
  port: number;
  /** Extra variables for every function. */
  environment?: Record<string, string>;
  log?: Log;
  /** Called when all resources exist, before the port opens. */
  prepare?: PrepareProduct;
  /** Called when an engine ended by itself: the runtime cannot go on. */
  failed?: (message: string) => void;
}

/** A running system. */
export interface Runtime {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  endpoints: Endpoints & { secrets: string };
  clients: Clients;
  system: System;
  /** The name (for a queue the URL) of a resource, by its logical id or CDK path. */
  physicalNameOf(logicalIdOrPath: string): string;
  stop(): Promise<void>;
}

const region = 'us-east-1';
const accountId = '000000000000';

const nameOf = (system: System, resource: Resource): string =>
  resource.type === 'AWS::SQS::Queue'
    ? String(system.resolve(resource, { Ref: resource.logicalId }))
    : system.declared(resource).name;

const open = async (options: RuntimeOptions, stops: Stops): Promise<Runtime> => {
  const log = options.log ?? (() => undefined);
  const stateDirectory = resolve(options.stateDirectory);
  const assembly = readAssembly(resolve(options.assemblyDirectory));
  await requireFreePort(options.port);
  mkdirSync(stateDirectory, { recursive: true });
  stops.add(lockState(stateDirectory));
  const port = options.port === 0 ? await freePort(0) : options.port;
  const origin = `http://127.0.0.1:${port}`;
  const store = new SecretStore(stateDirectory);
  const failed = options.failed ?? log;
  new System(assembly, { region, accountId, origin, queueOrigin: origin });
  const engines = await startEngines(stateDirectory, { region, accountId }, failed);
  stops.add(engines.stop);
  const secretArn = (name: string): string => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`;
  const secretServer = await startSecretServer(store, 0, secretArn);
  stops.add(secretServer.stop);
  const endpoints = { ...engines.endpoints, secrets: `http://127.0.0.1:${secretServer.port}` };
  const place = { region, accountId, origin, queueOrigin: endpoints.queues };
  const system = new System(assembly, place, (id, key) => secretText(store, id, key));
  const clients = openClients(endpoints, region);
  stops.add(clients.close);
  createSecrets(system, store);
  await createResources(system, clients);
  const shared = { region, endpoints, extra: options.environment ?? {} };
  const pool = new FunctionPool(resource => declaredFunction(system, resource), shared, log);
  stops.add(() => pool.stop());
  const front = new Front({
    system,
    accountId,
    log,
    apiFunction: resource => pool.apiFunction(resource),
    urlFunction: resource => pool.threaded(resource, 'url'),
  });
  stops.add(pool.shareEnvironment());
  const [table] = system.ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');
  await options.prepare?.({
    system,
    clients,
    endpoints,
    region,
    secrets: store,
    tableName: table?.name,
    environment: shared.extra,
    stateDirectory,
    log,
  });
  await front.listen(port);
  stops.add(() => front.close());
  stops.add(await startMappings({ system, clients, pool, bells: engines.bells, stateDirectory, log }));
  stops.add(startSchedules({ system, pool, stateDirectory, log, place }));
  stops.add(startTimeToLive(system, clients.dynamodb, log));
  return {
    url: origin,
    endpoints,
    clients,
    system,
    physicalNameOf: name => nameOf(system, system.find(name)),
    stop: () => stops.all(),
  };
};

const secretText = (store: SecretStore, id: string, key: string): string => {
  const value = store.get(id)?.value ?? '';
  return key === '' ? value : String((JSON.parse(value) as Record<string, unknown>)[key] ?? '');
};

/**
 * Runs a synthesised CDK app on this machine: engines, resources, functions, routes, mappings and schedules. Rejects
 * with a `LocalError` for anything the reader can mend; whatever had been started by then is stopped again.
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const stops = new Stops();
  try {
    return await open(options, stops);
  } catch (error) {
    await stops.all();
    throw error;
  }
};
