import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';
import { CliError } from './cli-error.ts';

const inside = (path: string, directory: string): boolean =>
  `${path}${sep}`.startsWith(directory.endsWith(sep) ? directory : `${directory}${sep}`);

/** A slip in CDP_STATE_DIR must not cost more than a platform's state. @throws CliError */
export const checkRemovable = (directory: string): void => {
  const kept = [process.cwd(), homedir()].find(path => inside(path, resolve(directory)));
  if (kept !== undefined) throw new CliError(`${directory} holds ${kept}; it is not removed. Check CDP_STATE_DIR.`);
};
