import { existsSync, rmSync } from 'node:fs';
import type { Command } from 'commander';
import { lockState } from '../../lib/local/state-lock.ts';
import { checkRemovable } from '../check-removable.ts';
import { stateDirectory } from '../connection.ts';

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
