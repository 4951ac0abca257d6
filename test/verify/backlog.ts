import { fork } from 'node:child_process';
import { join } from 'node:path';
import { createTable, startDynamoDb } from '../fixtures/dynamodb.ts';
import { kinds } from './backlog/payloads.ts';
import type { Verify } from './run.ts';

/** What the worker's Lambda has, and what its Node may use of it. */
const [megabytesMax, heapMegabytesMax] = [512, 400];
const people = 20_000;
/** More than one invocation is ever handed over of usual events; of large ones enough to fill memory many times. */
const eventsOf = (kind: string): number => (kind === 'usual events' ? 50_000 : 10_000);

const measured = (endpoint: string, kind: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const worker = fork(
      join(import.meta.dirname, 'backlog/worker.ts'),
      [endpoint, 'backlog', kind, String(people), String(eventsOf(kind))],
      { execArgv: ['--import', 'tsx', `--max-old-space-size=${heapMegabytesMax}`] },
    );
    worker.once('message', megabytes => resolve(Number(megabytes)));
    worker.once('exit', code => reject(new Error(`the worker ended with code ${code} over ${kind}`)));
  });

/** How much memory the real worker needs when it is handed as much as an invocation may be, whatever it is. */
export const verify: Verify = async () => {
  const { client, endpoint, stop } = await startDynamoDb();
  await createTable(client, 'backlog', { withoutStream: true });
  const found: number[] = [];
  for (const kind of Object.keys(kinds)) {
    const megabytes = Math.round(await measured(endpoint, kind));
    console.log(`${kind}: at most ${megabytes} MB`);
    found.push(megabytes);
  }
  await stop();
  const most = Math.max(...found);
  return { line: `backlog: at most ${most} MB over ${found.length} kinds of events`, holds: most <= megabytesMax };
};
