import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { LocalError } from './local-error.ts';

/** Reads a JSON file of the state directory; undefined when it does not exist, a `LocalError` when it is damaged. */
export const readState = <Shape>(file: string): Shape | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Shape;
  } catch {
    throw new LocalError(`${file} is damaged. Remove the state directory to start afresh.`);
  }
};

/** Writes a JSON file of the state directory: it holds the old or the new content, never half of one. */
export const writeState = (file: string, content: unknown, mode = 0o644): void => {
  writeFileSync(`${file}.new`, JSON.stringify(content), { mode });
  renameSync(`${file}.new`, file);
};
