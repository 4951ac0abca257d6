import type { LakeDay, LakeRun, MergedFile } from '../../model/lake-partition.ts';

export interface CompactionPlan {
  runs: LakeRun[];
  merged: MergedFile[];
}

/** A run is not made larger than this by taking in others. */
const rowsMax = 16_000_000;
/** A run is taken in where it is at most so many times as large as what it is taken in with. */
const growthMax = 2;
/** Of a day that is over, the largest run is taken in where the rest is at least this part of it. */
const restMin = 0.25;
/** How long after its end a day is over: events of it may still be on their way. */
const restAfterMilliseconds = 2 * 3_600_000;
const dayMilliseconds = 86_400_000;

const rowsOf = (files: readonly { rows: number }[]): number => files.reduce((sum, { rows }) => sum + rows, 0);

const isOver = (day: string, at: number): boolean => at >= Date.parse(day) + dayMilliseconds + restAfterMilliseconds;

/** The smallest runs, as long as each is not much larger than all before it. */
const smallRuns = (runs: readonly LakeRun[], rows: number): LakeRun[] => {
  const taken: LakeRun[] = [];
  let sum = rows;
  for (const run of [...runs].sort((left, right) => left.rows - right.rows)) {
    if (run.rows > growthMax * sum || sum + run.rows > rowsMax) break;
    taken.push(run);
    sum += run.rows;
  }
  return taken;
};

const isScattered = (runs: readonly LakeRun[], rows: number): boolean => {
  const largest = Math.max(0, ...runs.map(run => run.rows));
  const all = rows + rowsOf(runs);
  return (
    runs.length > 0 && all <= rowsMax && all - largest >= restMin * largest && runs.length + (rows > 0 ? 1 : 0) > 1
  );
};

/**
 * What of a day is to become one run, if anything: its merged files, with runs that are not much larger, so that every
 * event is written anew few times. What may repeat is sorted together with the whole day; a day that is over ends with
 * one large run. `at`: epoch ms.
 */
export const planCompaction = (
  { day, runs, merged }: Pick<LakeDay, 'day' | 'runs' | 'merged'>,
  at: number,
): CompactionPlan | undefined => {
  const rows = rowsOf(merged);
  const mayRepeat = [...runs, ...merged].some(file => file.mayRepeat);
  const whole = mayRepeat || (isOver(day, at) && isScattered(runs, rows));
  const taken = whole ? [...runs] : smallRuns(runs, rows);
  const [only] = taken;
  if (merged.length === 0 && (taken.length === 0 || (taken.length === 1 && !only?.mayRepeat))) return undefined;
  return { runs: taken, merged: [...merged] };
};
