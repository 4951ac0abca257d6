import { declaredFunction } from './assembly/functions.ts';
import { startTimeToLive } from './engines/time-to-live.ts';
import { Front } from './http/front.ts';
import type { Log } from './log.ts';
import { startMappings } from './mappings/start-mappings.ts';
import type { OpenSystem } from './open-system.ts';
import type { PrepareProduct } from './product.ts';
import { startSchedules } from './schedules/start-schedules.ts';
import type { Stops } from './stops.ts';
import { FunctionPool } from './worker/function-pool.ts';

/** How the functions of an open system are run. */
export interface FunctionsOptions {
  port: number;
  stateDirectory: string;
  /** Extra variables for every function. */
  environment: Record<string, string>;
  drivesWorkers: boolean;
  log: Log;
  prepare: PrepareProduct | undefined;
}

const prepareProduct = async (open: OpenSystem, options: FunctionsOptions): Promise<void> => {
  const { system, clients, endpoints, secrets, place } = open;
  const { environment, stateDirectory, log } = options;
  const [table] = system.ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');
  const named = { tableName: table?.name, region: place.region };
  await options.prepare?.({ system, clients, endpoints, secrets, ...named, environment, stateDirectory, log });
};

/** Opens the HTTP port and starts everything that drives a function: routes, mappings, schedules. */
export const runFunctions = async (open: OpenSystem, options: FunctionsOptions, stops: Stops): Promise<void> => {
  const { system, place, clients, endpoints, bells } = open;
  const { port, stateDirectory, environment, log } = options;
  const shared = { region: place.region, endpoints, extra: environment };
  const pool = new FunctionPool(resource => declaredFunction(system, resource), shared, log);
  stops.add(() => pool.stop());
  const front = new Front({
    system,
    accountId: place.accountId,
    log,
    apiFunction: resource => pool.apiFunction(resource),
    urlFunction: resource => pool.threaded(resource, 'url'),
  });
  stops.add(pool.shareEnvironment());
  await prepareProduct(open, options);
  await front.listen(port);
  stops.add(() => front.close());
  if (!options.drivesWorkers) return;
  stops.add(await startMappings({ system, clients, pool, bells, stateDirectory, log }));
  stops.add(startSchedules({ system, pool, stateDirectory, log, place }));
  stops.add(startTimeToLive(system, clients.dynamodb, log));
};
