import type { AsideObject, LakeDay, LakeRun } from '../../model/lake-partition.ts';
import type { CompactionPlan } from './plan-compaction.ts';

/** Every object that holds what a run holds. */
export const runObjects = ({ files }: LakeRun): string[] =>
  Object.values(files).flatMap(layout => layout.map(({ key }) => key));

const keysOf = ({ runs, merged }: CompactionPlan): string[] => [
  ...runs.flatMap(runObjects),
  ...merged.map(({ key }) => key),
];

/** Whether all that was taken still stands in the day. */
export const stillHolds = (day: LakeDay, { runs, merged }: CompactionPlan): boolean =>
  runs.every(({ id }) => day.runs.some(run => run.id === id)) &&
  merged.every(({ key }) => day.merged.some(file => file.key === key));

/** The day with a new run in place of what it was made from. `at`: epoch ms. */
export const applyCompaction = (day: LakeDay, plan: CompactionPlan, run: LakeRun | undefined, at: number): LakeDay => ({
  ...day,
  version: day.version + 1,
  runs: [...day.runs.filter(({ id }) => !plan.runs.some(taken => taken.id === id)), ...(run ? [run] : [])],
  merged: day.merged.filter(({ key }) => !plan.merged.some(taken => taken.key === key)),
  retired: [...day.retired, { keys: keysOf(plan), at }],
});

/**
 * The day without files that could not be read. A run goes with the first of its files: their rows are told to be gone,
 * so that somebody looks after them.
 */
export const withoutUnreadable = (
  day: LakeDay,
  unreadable: readonly { key: string; reason: string }[],
  at: number,
): LakeDay => {
  const reasons = new Map(unreadable.map(({ key, reason }) => [key, reason]));
  const isLost = (keys: readonly string[]) => keys.some(key => reasons.has(key));
  const lostRuns = day.runs.filter(run => isLost(runObjects(run)));
  const lostFiles = day.merged.filter(({ key }) => isLost([key]));
  const asideOf = (key: string, rows: number): AsideObject => ({ key, reason: reasons.get(key) ?? '', rows, at });
  return {
    ...day,
    version: day.version + 1,
    runs: day.runs.filter(run => !lostRuns.includes(run)),
    merged: day.merged.filter(file => !lostFiles.includes(file)),
    aside: [
      ...day.aside,
      ...lostRuns.map(run => asideOf(runObjects(run).find(key => reasons.has(key)) ?? run.id, run.rows)),
      ...lostFiles.map(({ key, rows }) => asideOf(key, rows)),
    ],
  };
};
