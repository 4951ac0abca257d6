/** The local platform's door and engines alone, in a process of their own: `door.ts <state directory> <port>`. */
import { mkdirSync } from 'node:fs';
import { builtAssembly } from '../../../bin/start/built-assembly.ts';
import { prepareKeys } from '../../../lib/local/local-keys.ts';
import { startRuntime } from '../../../lib/local/start-runtime.ts';

const [stateDirectory = '', port = '0'] = process.argv.slice(2);
mkdirSync(stateDirectory, { recursive: true });
const runtime = await startRuntime({
  assemblyDirectory: await builtAssembly(),
  stateDirectory,
  port: Number(port),
  drivesWorkers: false,
  log: line => console.error(line),
  prepare: prepareKeys(process.env, () => undefined),
});
process.once('SIGTERM', () => void runtime.stop().then(() => process.exit(0)));
process.send?.('open');
