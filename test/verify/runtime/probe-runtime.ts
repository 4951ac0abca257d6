import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type Clients, openClients } from '../../../lib/local/engines/clients.ts';
import type { Runtime } from '../../../lib/local/start-runtime.ts';
import { ProbeLogs } from './probe-logs.ts';

/** What a runtime in a process of its own tells. */
type Report =
  | { kind: 'ready'; url: string; endpoints: Runtime['endpoints']; milliseconds: number }
  | { kind: 'refused'; message: string; known: boolean }
  | { kind: 'log'; line: string };

export interface ProbeRuntimeOptions {
  assemblyDirectory: string;
  stateDirectory?: string;
  port?: number;
  environment?: Record<string, string>;
}

/** A runtime in a process of its own. */
export interface ProbeRuntime {
  url: string;
  /** When it began to start, in milliseconds since the epoch. */
  startedAt: number;
  secretsEndpoint: string;
  clients: Clients;
  logs: ProbeLogs;
  stateDirectory: string;
  processId: number;
  /** How long it took to start. */
  milliseconds: number;
  /** What it has told so far. */
  lines: string[];
  /** The mappings that have kept a position, by the names of their directories. */
  checkpointDirectories(): string[];
  queueUrl(name: string): string;
  /** The ids of the messages that wait in the queue without a consumer. */
  idleMessages(): Promise<string[]>;
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

/** A directory for state, or for the logs of the probes. */
export const freshDirectory = (): string => mkdtempSync(join(tmpdir(), 'cdp-probe-state-'));

const spawnProgram = ({ assemblyDirectory, port = 0, environment }: ProbeRuntimeOptions, stateDirectory: string) =>
  fork(join(import.meta.dirname, 'probe-program.ts'), [assemblyDirectory, stateDirectory, String(port)], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    env: { ...process.env, PROBE_LOGS: join(stateDirectory, 'logs'), ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

/** Starts a runtime; rejects with what it says when it refuses to start. */
export const startProbes = async (options: ProbeRuntimeOptions): Promise<ProbeRuntime> => {
  const stateDirectory = options.stateDirectory ?? freshDirectory();
  const logs = new ProbeLogs(join(stateDirectory, 'logs'));
  const child = spawnProgram(options, stateDirectory);
  const startedAt = Date.now();
  const lines: string[] = [];
  const ready = await new Promise<Extract<Report, { kind: 'ready' }>>((resolve, reject) => {
    child.on('message', message => {
      const report = message as Report;
      if (report.kind === 'log') lines.push(report.line);
      if (report.kind === 'ready') resolve(report);
      if (report.kind === 'refused')
        reject(new Error(`${report.known ? 'LocalError' : 'Unexpected'}: ${report.message}`));
    });
    child.once('exit', code => reject(new Error(`The runtime ended with code ${code}: ${lines.join('\n')}`)));
  });
  const queueUrl = (name: string): string => `${ready.endpoints.queues}/000000000000/${name}`;
  const clients = openClients(ready.endpoints, 'us-east-1');
  return {
    url: ready.url,
    startedAt,
    secretsEndpoint: ready.endpoints.secrets,
    checkpointDirectories: () => readdirSync(join(stateDirectory, 'checkpoints')),
    queueUrl,
    idleMessages: async () => {
      const QueueUrl = queueUrl('probe-idle');
      const { Messages = [] } = await clients.queues.send(
        new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }),
      );
      return Messages.map(({ Body = '' }) => (JSON.parse(Body) as { id: string }).id);
    },
    milliseconds: ready.milliseconds,
    clients,
    logs,
    stateDirectory,
    processId: child.pid ?? 0,
    lines,
    stop: async () => {
      clients.close();
      child.send('stop');
      await ended(child);
    },
    kill: async () => {
      clients.close();
      child.kill('SIGKILL');
      await ended(child);
    },
  };
};
