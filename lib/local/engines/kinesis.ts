import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { EngineOrder } from './engine-order.ts';
import { freePort } from './free-port.ts';

type Kinesalite = (options: {
  path: string;
  createStreamMs: number;
  deleteStreamMs: number;
  updateStreamMs: number;
  shardLimit: number;
}) => Server;

/** A shard ends a moment after it was asked to, and tells so at the second reading after that. */
const shardEndDelays = [200, 500, 1000];

/** Opens the database; a predecessor that is just being ended may hold its lock for a moment, so it tries for 5 s. */
const listen = async (open: () => Server, port: number): Promise<Server> => {
  for (let attempt = 0; ; attempt++) {
    const server = open();
    const refused = await new Promise<Error | undefined>(resolve => {
      process.once('uncaughtException', resolve);
      server.once('error', resolve);
      server.listen(port, '127.0.0.1', () => {
        server.removeListener('error', resolve);
        setImmediate(() => {
          process.removeListener('uncaughtException', resolve);
          resolve(undefined);
        });
      });
    });
    if (!refused) return server;
    if (attempt === 25) throw new Error(`The Kinesis engine cannot open its data: ${refused.message}`);
    await new Promise(resolve => setTimeout(resolve, 200));
  }
};

/**
 * Starts Kinesis over `<state>/streams/`. Records of an acknowledged put survive a kill -9. `arrived` is called after
 * each accepted put, so that the mappings need not poll an idle stream.
 */
export const startKinesis = async (
  { stateDirectory }: EngineOrder,
  wantedPort: number,
  arrived: (name: string) => void,
): Promise<{ port: number; stop: () => Promise<void> }> => {
  const path = join(stateDirectory, 'streams');
  mkdirSync(path, { recursive: true });
  const kinesalite = createRequire(import.meta.url)('kinesalite') as Kinesalite;
  const port = await freePort(wantedPort);
  const server = await listen(
    () => kinesalite({ path, createStreamMs: 5, deleteStreamMs: 5, updateStreamMs: 50, shardLimit: 1000 }),
    port,
  );
  server.on('request', (request, response) => {
    const target = String(request.headers['x-amz-target']);
    if (target.includes('.PutRecord')) response.on('finish', () => arrived(''));
    if (/\.(SplitShard|MergeShards)$/.test(target))
      for (const delay of shardEndDelays) setTimeout(arrived, delay, '').unref();
  });
  return {
    port,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
