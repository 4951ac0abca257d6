import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetRecordsCommand, GetShardIteratorCommand, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { openEnvelope } from '../../../functions/adapters/stores/envelope.ts';
import { readAssembly } from '../../../lib/local/assembly/read-assembly.ts';
import { openSystem } from '../../../lib/local/open-system.ts';
import { Stops } from '../../../lib/local/stops.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { batchMaker, numberOf, openAgent, post } from './load.ts';

const batchSize = 500;
const connections = 6;
const writeKey = `write-${'0123456789abcdef'.repeat(2)}`;

export interface Durable {
  perSecond: number;
  accepted: number;
  /** Accepted events that are not in the stream, or more than once. */
  wrong: number;
}

const openDoor = async (stateDirectory: string, port: number): Promise<() => Promise<void>> => {
  const child = fork(join(import.meta.dirname, 'door.ts'), [stateDirectory, String(port)], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, CDP_WRITE_KEY: writeKey, CDP_ADMIN_KEY: `admin-${'0123456789abcdef'.repeat(2)}` },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', code => reject(new Error(`the door ended with code ${code}`)));
  });
  return () =>
    new Promise(resolve => {
      child.removeAllListeners('exit');
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
};

/** How often each event is in the stream, read back from what lies on the disk. */
const readBack = async (stateDirectory: string, sent: number): Promise<Uint8Array> => {
  const stops = new Stops();
  const found = new Uint8Array(sent);
  try {
    const origin = `http://127.0.0.1:${await freePort()}`;
    const assembly = readAssembly(join(stateDirectory, 'cdk.out'));
    const failed = (message: string): never => {
      throw new Error(message);
    };
    const { system, clients } = await openSystem({ assembly, origin, stateDirectory, failed }, stops);
    const [stream] = system.ofType('AWS::Kinesis::Stream');
    const { kinesis } = clients;
    const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: stream?.name }));
    for (const { ShardId } of Shards) {
      const start = { StreamName: stream?.name, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
      let iterator = (await kinesis.send(new GetShardIteratorCommand(start))).ShardIterator;
      for (let empty = 0; iterator !== undefined && empty < 3; ) {
        const page = await kinesis.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 10_000 }));
        iterator = page.NextShardIterator;
        empty = page.Records?.length ? 0 : empty + 1;
        for (const { Data } of page.Records ?? []) {
          for (const { messageId } of openEnvelope(Data ?? new Uint8Array()).events) {
            const n = numberOf(messageId);
            found[n] = (found[n] ?? 0) + 1;
          }
        }
      }
    }
  } finally {
    await stops.all();
  }
  return found;
};

/** Batches of 500 over HTTP, as many as are taken, for some seconds; then every accepted one is looked for in the stream. */
export const acceptedDurably = async (seconds: number): Promise<Durable> => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'cdp-bench-'));
  const port = await freePort();
  const stop = await openDoor(stateDirectory, port);
  const make = batchMaker(batchSize, 2_000);
  const agent = openAgent(connections);
  const acknowledged: number[] = [];
  let next = 0;
  const started = performance.now();
  const send = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1000) {
      const first = next;
      next += batchSize;
      const { status, accepted } = await post(`http://127.0.0.1:${port}`, writeKey, agent, make(first));
      if (status === 202 && accepted === batchSize) acknowledged.push(first);
      else throw new Error(`a batch was answered ${status} with ${accepted} accepted`);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, send));
    const elapsed = (performance.now() - started) / 1000;
    agent.destroy();
    await stop();
    const found = await readBack(stateDirectory, next);
    const wrong = acknowledged
      .flatMap(first => [...found.subarray(first, first + batchSize)])
      .filter(times => times !== 1);
    const accepted = acknowledged.length * batchSize;
    return { perSecond: accepted / elapsed, accepted, wrong: wrong.length };
  } finally {
    rmSync(stateDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
};
