/** Runs a task for each value, at most `lanes` at a time; fails with the first failure, after the running ones ended. */
export const inLanes = async <Value, Result>(
  values: readonly Value[],
  lanes: number,
  run: (value: Value) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = new Array(values.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < values.length; index = next++) results[index] = await run(values[index] as Value);
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, values.length) }, lane));
  const failed = ended.find(one => one.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
};
