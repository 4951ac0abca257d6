import type { ProbeRuntime } from './probe-runtime.ts';

/** What a case works with: the runtime that all cases share, and the assembly to start others of. */
export interface Bench {
  runtime: ProbeRuntime;
  assemblyDirectory: string;
}

/** One promise of the runtime; `run` throws when it is not kept. */
export interface ProbeCase {
  name: string;
  run(bench: Bench): Promise<void>;
}

/** Throws with both values when they differ. */
export const same = (what: string, actual: unknown, expected: unknown): void => {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: ${left?.slice(0, 1500)} instead of ${right?.slice(0, 1500)}`);
};

/** Throws when it does not hold. */
export const holds = (what: string, condition: boolean, seen: unknown): void => {
  if (!condition) throw new Error(`${what}: ${JSON.stringify(seen)?.slice(0, 2000)}`);
};
