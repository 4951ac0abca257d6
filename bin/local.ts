/** `npm start`: the whole platform on this machine. `--watch` starts it again whenever a source file changes. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { startFakes } from '../lib/local/fakes/start-fakes.ts';
import { LocalError } from '../lib/local/local-error.ts';
import { prepareIntegrations } from '../lib/local/local-integrations.ts';
import { type LocalKeys, prepareKeys } from '../lib/local/local-keys.ts';
import { startRuntime } from '../lib/local/start-runtime.ts';
import { debugAsked } from '../lib/settings.ts';
import { stateDirectory } from './connection.ts';
import { receiverPlace } from './demo/receiver-place.ts';
import { explainFailure } from './explain-failure.ts';
import { builtAssembly } from './start/built-assembly.ts';
import { greeting } from './start/greeting.ts';
import { readEnvironmentFile } from './start/read-environment-file.ts';
import { restartOnChange } from './start/restart-on-change.ts';
import { unusedVariables } from './start/unused-variables.ts';

const portOf = (text: string): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new LocalError(`PORT is ${JSON.stringify(text)}; it must be a port number.`);
};

const fail = (failure: unknown): never => {
  console.error(explainFailure(failure));
  process.exit(1);
};

const run = async (): Promise<void> => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  readEnvironmentFile();
  const unused = unusedVariables(process.env);
  if (unused) console.error(unused);
  const directory = resolve(stateDirectory());
  const port = portOf(process.env.PORT || '3001');
  mkdirSync(directory, { recursive: true });
  console.error('Building …');
  const assemblyDirectory = await builtAssembly();
  let keys: LocalKeys | undefined;
  const fakes = await startFakes(directory);
  const { host, port: receiverPort } = receiverPlace(port);
  const { CDP_EGRESS_ALLOW = `${host}:${receiverPort}` } = process.env;
  const egress = [CDP_EGRESS_ALLOW, new URL(fakes.origin).host].filter(entry => entry !== '').join(',');
  const runtime = await startRuntime({
    assemblyDirectory,
    stateDirectory: directory,
    port,
    environment: {
      CDP_EGRESS_ALLOW: egress,
      CDP_STAND_INS: fakes.origin,
      ...(debugAsked(process.env) ? { POWERTOOLS_METRICS_DISABLED: 'false' } : {}),
    },
    log: line => console.error(line),
    prepare: async prepared => {
      await prepareKeys(process.env, chosen => {
        keys = chosen;
      })(prepared);
      await prepareIntegrations(process.env, fakes)(prepared);
    },
    failed: message => fail(new LocalError(message)),
  });
  if (keys) console.log(greeting(new URL(runtime.url).port, keys, fakes.origin));
  const stop = (): void => void Promise.all([runtime.stop(), fakes.stop()]).then(() => process.exit(0), fail);
  process.once('SIGINT', stop).once('SIGTERM', stop);
};

if (process.argv.includes('--watch')) restartOnChange(import.meta.filename);
else await run().catch(fail);
