interface Options<Value, Result> {
  /** How many run at a time. */
  lanes: number;
  keysOf: (value: Value) => readonly string[];
  run: (value: Value) => Promise<Result>;
}

/** Keys that some value has shown to belong together, and the latest task under any of them. */
interface Group {
  keys: readonly string[];
  latest: Promise<unknown>;
}

/** Makes one group of all that these keys belong to; answers what must be done before it. */
const joinGroups = (groups: Map<string, Group>, keys: readonly string[]) => {
  const joined = new Set(keys.flatMap(key => groups.get(key) ?? []));
  const allKeys = new Set([...keys, ...[...joined].flatMap(group => group.keys)]);
  const earlier = [...joined].map(({ latest }) => latest);
  const setLatest = (latest: Promise<unknown>): void => {
    for (const key of allKeys) groups.set(key, { keys: [...allKeys], latest });
  };
  return { earlier, setLatest };
};

/**
 * Runs a task for each value, several at a time, but never two that a chain of shared keys connects: of those the
 * earlier is done first. Fails with the first failure, after the running ones have ended.
 */
export const inOrderOfKeys = async <Value, Result>(
  values: readonly Value[],
  { lanes, keysOf, run }: Options<Value, Result>,
): Promise<Result[]> => {
  const results: Result[] = new Array(values.length);
  const groups = new Map<string, Group>();
  const pending = values.entries();
  let failed = false;
  const runAfter = async (earlier: readonly Promise<unknown>[], index: number, value: Value): Promise<void> => {
    await Promise.allSettled(earlier);
    if (failed) return;
    try {
      results[index] = await run(value);
    } catch (failure) {
      failed = true;
      throw failure;
    }
  };
  const lane = async (): Promise<void> => {
    for (const [index, value] of pending) {
      const { earlier, setLatest } = joinGroups(groups, keysOf(value));
      const task = runAfter(earlier, index, value);
      setLatest(task);
      await task;
      if (failed) return;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, values.length) }, lane));
  const broken = ended.find(one => one.status === 'rejected');
  if (broken) throw broken.reason;
  return results;
};
