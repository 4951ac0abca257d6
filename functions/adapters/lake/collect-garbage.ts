import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** A context that is made after the flag is set knows the collector by name. */
const collector = (): (() => void) => {
  if (typeof globalThis.gc === 'function') return globalThis.gc;
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

/** Has the garbage collector look for what nobody holds any more. */
export const collectGarbage = (): void => {
  collect ??= collector();
  collect();
};
