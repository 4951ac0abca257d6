import type { Table } from '../../core/ports/table.ts';
import type { FindingsOf } from './fold-findings.ts';
import { foldSchedule } from './fold-schedule.ts';
import { type FoldParts, runFoldSchedule } from './run-fold-schedule.ts';
import { weakenedTables } from './weakened-tables.ts';

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

/** The first of these seeds whose schedule shows that the table is weakened; `undefined` where none does. */
export const firstSeedToNotice = async (
  weaken: (table: Table) => Table,
  seeds: readonly number[],
): Promise<number | undefined> => {
  for (const seed of seeds) {
    if (!isClean(await findingsOf(seed, { weaken }))) return seed;
  }
  return undefined;
};

export interface ControlOutcome {
  name: string;
  /** The seeds whose schedules noticed it. */
  noticed: number[];
}

/** Tries every weakened table under each of these seeds. */
export const controls = async (seeds: readonly number[]): Promise<ControlOutcome[]> => {
  const outcomes: ControlOutcome[] = [];
  for (const [name, weaken] of Object.entries(weakenedTables)) {
    const noticed: number[] = [];
    for (const seed of seeds) if (!isClean(await findingsOf(seed, { weaken }))) noticed.push(seed);
    outcomes.push({ name, noticed });
  }
  return outcomes;
};
