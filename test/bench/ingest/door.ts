/** The local platform's door and engines alone, in a process of their own: `door.ts <state directory> <port>`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { synthesise } from '../../../bin/start/synthesise.ts';
import { prepareKeys } from '../../../lib/local/local-keys.ts';
import { startRuntime } from '../../../lib/local/start-runtime.ts';

const [stateDirectory = '', port = '0'] = process.argv.slice(2);
const assemblyDirectory = join(stateDirectory, 'cdk.out');
mkdirSync(stateDirectory, { recursive: true });
await synthesise(assemblyDirectory);
const runtime = await startRuntime({
  assemblyDirectory,
  stateDirectory,
  port: Number(port),
  drivesWorkers: false,
  log: line => console.error(line),
  prepare: prepareKeys(process.env, () => undefined),
});
process.once('SIGTERM', () => void runtime.stop().then(() => process.exit(0)));
process.send?.('open');
