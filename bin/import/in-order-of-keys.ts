interface Options<Value, Result> {
  /** How many run at a time. */
  lanes: number;
  keysOf: (value: Value) => readonly string[];
  run: (value: Value) => Promise<Result>;
}

/**
 * Runs a task for each value, several at a time, but never two that share a key: of those the earlier is done first.
 * Fails with the first failure, after the running ones have ended.
 */
export const inOrderOfKeys = async <Value, Result>(
  values: readonly Value[],
  { lanes, keysOf, run }: Options<Value, Result>,
): Promise<Result[]> => {
  const results: Result[] = new Array(values.length);
  const latest = new Map<string, Promise<unknown>>();
  const pending = values.entries();
  let failed = false;
  const runAfter = async (earlier: readonly (Promise<unknown> | undefined)[], index: number, value: Value) => {
    await Promise.allSettled(earlier);
    if (!failed) results[index] = await run(value);
  };
  const lane = async (): Promise<void> => {
    for (const [index, value] of pending) {
      const keys = keysOf(value);
      const task = runAfter(
        keys.map(key => latest.get(key)),
        index,
        value,
      );
      for (const key of keys) latest.set(key, task);
      await task.catch(failure => {
        failed = true;
        throw failure;
      });
      if (failed) return;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, values.length) }, lane));
  const broken = ended.find(one => one.status === 'rejected');
  if (broken) throw broken.reason;
  return results;
};
