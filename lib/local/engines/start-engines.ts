import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../assembly/place.ts';
import { LocalError } from '../local-error.ts';
import { readState, writeState } from '../state-file.ts';
import { Bells } from './bell.ts';
import { tableDirectory } from './dynamodb.ts';
import type { EngineName, EngineOrder, EngineReport } from './engine-order.ts';

/** The origins of the engines, as the functions' SDK clients see them. */
export interface Endpoints {
  dynamodb: string;
  kinesis: string;
  queues: string;
  objects: string;
}

/** Running engines, and the bells that ring when something arrives in them. */
export interface Engines {
  endpoints: Endpoints;
  /** `table`, `kinesis`, or `queue:<name>`. */
  bells: Bells;
  stop(): Promise<void>;
}

type Ports = Partial<Record<EngineName, number>>;

interface EngineHost {
  ports: Ports;
  processId?: number;
  stop(): Promise<void>;
}

interface HostOptions {
  order: EngineOrder;
  bells: Bells;
  failed: (message: string) => void;
}

const portsFile = (stateDirectory: string): string => join(stateDirectory, 'ports.json');
const orphanFile = (stateDirectory: string): string => join(stateDirectory, 'table.pid');

const stopped = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    if (child.connected) child.send('stop');
    setTimeout(() => child.kill('SIGKILL'), 3000).unref();
  });

/** One child process that hosts some engines. It ends itself (and the DynamoDB engine) when this process is gone. */
const startHost = ({ order, bells, failed }: HostOptions): Promise<EngineHost> =>
  new Promise((resolve, reject) => {
    const file = new URL('./engine-process.ts', import.meta.url);
    const execArgv = ['--import', import.meta.resolve('tsx')];
    const environment = { ...process.env, AWS_ACCOUNT_ID: order.accountId, AWS_REGION: order.region };
    const child = fork(file, [], {
      execArgv,
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    let stopping = false;
    let running = false;
    const stop = (): Promise<void> => {
      stopping = true;
      return stopped(child);
    };
    child.on('message', message => {
      const report = message as EngineReport;
      if (report.kind === 'ready') {
        running = true;
        resolve({ ports: report.ports, processId: report.processId, stop });
      }
      if (report.kind === 'arrived')
        bells.of(report.engine === 'queues' ? `queue:${report.name}` : report.engine).ring();
      if (report.kind === 'failed') {
        reject(new LocalError(report.message));
        if (running) failed(report.message);
      }
    });
    child.once('exit', code => {
      reject(new LocalError(`An engine process ended at start (code ${code}).`));
      if (running && !stopping) failed(`An engine process ended (code ${code}).`);
    });
    child.send(order);
  });

/** Ends a DynamoDB engine whose runtime and host were both killed: it would hold port and file. */
const endOrphan = (stateDirectory: string): void => {
  const file = orphanFile(stateDirectory);
  if (!existsSync(file)) return;
  const processId = Number(readFileSync(file, 'utf8'));
  const command = `/proc/${processId}/cmdline`;
  if (existsSync(command) && readFileSync(command, 'utf8').includes(tableDirectory(stateDirectory)))
    process.kill(processId, 'SIGKILL');
  rmSync(file, { force: true });
};

/** Rings the table's bell when the engine has written: streams need no polling. Answers how to stop watching. */
const watchTable = (stateDirectory: string, bells: Bells): (() => void) => {
  mkdirSync(tableDirectory(stateDirectory), { recursive: true });
  const watcher = watch(tableDirectory(stateDirectory), () => bells.of('table').ring());
  return () => watcher.close();
};

/** Without a file to watch (an engine of the user's own) the table's bell rings five times a second. */
const ringRegularly = (bells: Bells): (() => void) => {
  const timer = setInterval(() => bells.of('table').ring(), 200);
  return () => clearInterval(timer);
};

/**
 * Starts all engines over the state directory, on the ports of the last run where they are free. `failed` is called
 * when one of them ends by itself. An endpoint in `DYNAMODB_ENDPOINT` replaces the embedded DynamoDB engine.
 */
export const startEngines = async (
  stateDirectory: string,
  place: Pick<Place, 'region' | 'accountId'>,
  failed: (message: string) => void,
): Promise<Engines> => {
  endOrphan(stateDirectory);
  const bells = new Bells();
  const own = process.env.DYNAMODB_ENDPOINT;
  const last = readState<Ports>(portsFile(stateDirectory)) ?? {};
  const host = (...names: EngineName[]): Promise<EngineHost> => {
    const ports = Object.fromEntries(names.map(name => [name, last[name] ?? 0]));
    return startHost({ order: { stateDirectory, ports, ...place }, bells, failed });
  };
  const started = await Promise.allSettled([
    own ? host('kinesis') : host('dynamodb', 'kinesis'),
    host('queues', 'objects'),
  ]);
  const hosts = started.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
  const refused = started.find(result => result.status === 'rejected');
  if (refused) {
    await Promise.all(hosts.map(({ stop }) => stop()));
    throw refused.reason;
  }
  const ports: Ports = Object.assign({}, ...hosts.map(one => one.ports));
  writeState(portsFile(stateDirectory), ports);
  writeState(orphanFile(stateDirectory), hosts.find(({ processId }) => processId)?.processId ?? 0);
  const unwatch = own ? ringRegularly(bells) : watchTable(stateDirectory, bells);
  const origin = (name: EngineName): string => `http://127.0.0.1:${ports[name]}`;
  return {
    bells,
    endpoints: {
      dynamodb: own ?? origin('dynamodb'),
      kinesis: origin('kinesis'),
      queues: origin('queues'),
      objects: origin('objects'),
    },
    stop: async () => {
      unwatch();
      await Promise.all(hosts.map(({ stop }) => stop()));
      rmSync(orphanFile(stateDirectory), { force: true });
    },
  };
};
