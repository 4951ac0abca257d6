import type { FindingsOf } from './fold-findings.ts';
import { foldSchedule } from './fold-schedule.ts';
import { type FoldParts, runFoldSchedule } from './run-fold-schedule.ts';

/** What many schedules found; `failing` names the seeds, each of which can be run again. */
export interface FoldReport extends FindingsOf {
  schedules: number;
  failing: number[];
}

/** A schedule that comes to no end is a finding, too. */
const findingsOf = async (seed: number, parts: FoldParts = {}): Promise<FindingsOf> => {
  try {
    return await runFoldSchedule(foldSchedule(seed), parts);
  } catch (fault) {
    return { lost: [], duplicated: [], wrong: [fault instanceof Error ? (fault.stack ?? fault.message) : 'failed'] };
  }
};

const isClean = ({ lost, duplicated, wrong }: FindingsOf): boolean =>
  lost.length + duplicated.length + wrong.length === 0;

/** Runs the schedules of these seeds, one after the other. `parts` of a seed: see there. */
export const foldReport = async (
  seeds: readonly number[],
  partsOf: (seed: number) => FoldParts | Promise<FoldParts> = () => ({}),
): Promise<FoldReport> => {
  const report: FoldReport = { schedules: 0, failing: [], lost: [], duplicated: [], wrong: [] };
  for (const seed of seeds) {
    const found = await findingsOf(seed, await partsOf(seed));
    report.schedules += 1;
    if (!isClean(found)) report.failing.push(seed);
    for (const kind of ['lost', 'duplicated', 'wrong'] as const) report[kind].push(...found[kind]);
  }
  return report;
};
