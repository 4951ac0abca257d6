/** Runs an assembly in a process of its own: `probe-program.ts <assembly> <state> <port>`; tells its parent when it runs. */
import { LocalError } from '../../../lib/local/local-error.ts';
import { startRuntime } from '../../../lib/local/start-runtime.ts';

const [assemblyDirectory = '', stateDirectory = '', port = '0'] = process.argv.slice(2);
const tell = (message: object): void => {
  process.send?.(message);
};

try {
  const begun = Date.now();
  const runtime = await startRuntime({
    assemblyDirectory,
    stateDirectory,
    port: Number(port),
    environment: { PROBE_LOGS: process.env.PROBE_LOGS ?? '' },
    log: line => tell({ kind: 'log', line }),
  });
  tell({ kind: 'ready', url: runtime.url, endpoints: runtime.endpoints, milliseconds: Date.now() - begun });
  process.once('message', () => {
    void runtime.stop().then(() => process.exit(0));
  });
} catch (error) {
  tell({ kind: 'refused', message: String(error), known: error instanceof LocalError });
  process.disconnect();
}
