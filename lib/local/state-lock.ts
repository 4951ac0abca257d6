import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from './local-error.ts';

/** When a process started, so that a later process with the same id is not taken for it; empty where unknown. */
const startOf = (processId: number): string => {
  const file = `/proc/${processId}/stat`;
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
};

const alive = (processId: number, start: string): boolean => {
  try {
    process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startOf(processId) === start;
};

/** Creates the lock file with its content in one step; false when it is there already. */
const create = (file: string): boolean => {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
};

/**
 * Takes the state directory for this process and answers how to release it. Throws a `LocalError` when another
 * process holds it; the lock of one that was killed is taken over.
 */
export const lockState = (stateDirectory: string): (() => void) => {
  mkdirSync(stateDirectory, { recursive: true });
  const file = join(stateDirectory, 'lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(file)) return () => rmSync(file, { force: true });
    const [holder = '', start = ''] = existsSync(file) ? readFileSync(file, 'utf8').split(' ') : [];
    if (holder !== '' && alive(Number(holder), start))
      throw new LocalError(
        `The state directory ${stateDirectory} is in use by process ${holder}. Stop it, or set CDP_STATE_DIR to another directory.`,
      );
    rmSync(file, { force: true });
  }
  throw new LocalError(`Cannot lock the state directory ${stateDirectory}. Is it writable?`);
};
