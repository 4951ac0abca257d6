import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { receiverPlace } from '../../bin/demo/receiver-place.ts';
import { type Client, openClient } from '../../core/contract/client.ts';
import { type RunningPlatform, startPlatform } from '../fixtures/running-platform.ts';

const root = join(import.meta.dirname, '../..');

/** The platform as `npm start` makes it, with the shop of `npm run demo` in it. */
export interface DemoPlatform {
  url: string;
  key: string;
  /** A second session beside the browser’s: what the console did is read back by it. */
  api: Client;
  stop(): Promise<void>;
}

/** Takes whatever the audience is sent, once the demo has closed its own. */
const openReceiver = (port: number): Promise<() => void> => {
  const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(200).end()));
  return new Promise((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', () =>
      resolve(() => {
        server.closeAllConnections();
        server.close();
      }),
    ),
  );
};

const load = async (
  { url, adminKey, stateDirectory }: RunningPlatform,
  customers: number,
  days: number,
): Promise<void> => {
  const demo = ['--url', url, '--key', adminKey, 'demo', '--customers', String(customers), '--days', String(days)];
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bin/cli.ts', ...demo], {
    cwd: root,
    env: { ...process.env, CDP_STATE_DIR: stateDirectory },
  });
};

/** A demo that was interrupted, as by a machine that is too busy, is completed by the same command again. */
const loadPatiently: typeof load = (...demo) => load(...demo).catch(() => load(...demo));

/** Starts a platform, and fills it. What is started is ended where it cannot be filled. */
export const startDemoPlatform = async (customers: number, days: number): Promise<DemoPlatform> => {
  const platform = await startPlatform();
  const { url, adminKey: key } = platform;
  try {
    await loadPatiently(platform, customers, days);
    const closeReceiver = await openReceiver(receiverPlace(Number(new URL(url).port)).port);
    const stop = async (): Promise<void> => {
      closeReceiver();
      await platform.stop();
    };
    return { url, key, api: openClient({ baseUrl: url, key }), stop };
  } catch (failure) {
    await platform.stop();
    throw failure;
  }
};

/** A platform that runs and is filled already; it goes on running. */
export const runningDemo = (url: string, key: string): DemoPlatform => ({
  url,
  key,
  api: openClient({ baseUrl: url, key }),
  stop: async () => undefined,
});
