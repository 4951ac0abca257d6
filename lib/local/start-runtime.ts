import { resolve } from 'node:path';
import { readAssembly } from './assembly/read-assembly.ts';
import type { Resource } from './assembly/stack.ts';
import type { System } from './assembly/system.ts';
import { freePort, requireFreePort } from './engines/free-port.ts';
import type { Log } from './log.ts';
import { type OpenSystem, openSystem } from './open-system.ts';
import type { PrepareProduct } from './product.ts';
import { runFunctions } from './run-functions.ts';
import { lockState } from './state-lock.ts';
import { Stops } from './stops.ts';

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
  /** False: routes are served, but nothing drives the workers. */
  drivesWorkers?: boolean;
  log?: Log;
  /** Called when all resources exist, before the port opens. */
  prepare?: PrepareProduct;
  /** Called when an engine ended by itself: the runtime cannot go on. */
  failed?: (message: string) => void;
}

/** A running system. */
export interface Runtime extends Pick<OpenSystem, 'system' | 'clients' | 'endpoints'> {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  /** The name (for a queue the URL) of a resource, by its logical id or CDK path. */
  physicalNameOf(logicalIdOrPath: string): string;
  stop(): Promise<void>;
}

const nameOf = (system: System, resource: Resource): string =>
  resource.type === 'AWS::SQS::Queue'
    ? String(system.resolve(resource, { Ref: resource.logicalId }))
    : system.declared(resource).name;

const start = async (options: RuntimeOptions, stops: Stops): Promise<Runtime> => {
  const { log = () => undefined, environment = {}, drivesWorkers = true, prepare } = options;
  const stateDirectory = resolve(options.stateDirectory);
  const assembly = readAssembly(resolve(options.assemblyDirectory));
  await requireFreePort(options.port);
  stops.add(lockState(stateDirectory));
  const port = options.port === 0 ? await freePort(0) : options.port;
  const url = `http://127.0.0.1:${port}`;
  const open = await openSystem({ assembly, origin: url, stateDirectory, failed: options.failed ?? log }, stops);
  await runFunctions(open, { port, stateDirectory, environment, drivesWorkers, log, prepare }, stops);
  const { system, clients, endpoints } = open;
  return {
    url,
    system,
    clients,
    endpoints,
    physicalNameOf: name => nameOf(system, system.find(name)),
    stop: () => stops.all(),
  };
};

/**
 * Runs a synthesised CDK app on this machine: engines, resources, functions, routes, mappings and schedules. Rejects
 * with a `LocalError` for anything the reader can mend; whatever had been started by then is stopped again.
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const stops = new Stops();
  try {
    return await start(options, stops);
  } catch (error) {
    await stops.all();
    throw error;
  }
};
