import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';

const root = join(import.meta.dirname, '../..');

/** What the synth must not see: it opens private addresses, which no deployment may. */
const synthEnvironment = (outputDirectory: string): NodeJS.ProcessEnv => {
  const { CDP_EGRESS_ALLOW: _localOnly, ...environment } = process.env;
  return { ...environment, STAGE: 'local', CDP_VALIDATION: 'off', CDK_OUTDIR: outputDirectory };
};

/**
 * Writes the app, bundled and synthesised for this machine, into a directory.
 *
 * @throws CliError with what the app printed
 */
export const synthesise = async (outputDirectory: string): Promise<void> => {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, 'bin/app.ts')], {
    cwd: root,
    env: synthEnvironment(outputDirectory),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', chunk => {
    said += String(chunk);
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new CliError(`The app could not be synthesised:\n${said.trim()}`);
};
