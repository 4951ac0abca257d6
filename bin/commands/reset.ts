import { existsSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { lockState } from '../../lib/local/state-lock.ts';
import { CliError } from '../cli-error.ts';
import { stateDirectory } from '../connection.ts';

/** A slip in CDP_STATE_DIR must not cost more than a platform's state. */
const checkRemovable = (directory: string): void => {
  const whole = `${resolve(directory)}${sep}`.replace(`${sep}${sep}`, sep);
  const holds = [process.cwd(), homedir()].find(path => `${path}${sep}`.startsWith(whole));
  if (holds !== undefined) throw new CliError(`${directory} holds ${holds}; it is not removed. Check CDP_STATE_DIR.`);
};

/** Removes the local platform's state; throws a `LocalError` while the platform runs on it. */
const reset = (): void => {
  const directory = stateDirectory();
  if (!existsSync(directory)) {
    console.log(`${directory} does not exist: there is nothing to clear.`);
    return;
  }
  checkRemovable(directory);
  lockState(directory);
  rmSync(directory, { recursive: true, force: true });
  console.log(`Cleared ${directory}. The next \`npm start\` begins with an empty platform.`);
};

/** `cdp reset`. */
export const addResetCommand = (program: Command): void => {
  program.command('reset').description('remove everything the local platform keeps (.cdp)').action(reset);
};
