import { embeddedEngine } from '../simulation/embedded-engine.ts';
import { controls, type FoldReport, foldReport } from '../simulation/fold-report.ts';
import type { Verify } from './run.ts';

const schedulesByDefault = 2000;
const shownMax = 20;
const controlSchedules = 200;
const controlPercentMin = 5;

const numberAfter = (flags: readonly string[], name: string): number | undefined => {
  const at = flags.indexOf(name);
  const value = Number(flags[at + 1]);
  if (at >= 0 && !Number.isInteger(value)) throw new Error(`${name} needs a whole number`);
  return at < 0 ? undefined : value;
};

const seedsBelow = (end: number): number[] => Array.from({ length: end }, (_, seed) => seed);

const showFindings = (report: FoldReport): void => {
  for (const kind of ['lost', 'duplicated', 'wrong'] as const) {
    for (const finding of report[kind].slice(0, shownMax)) console.log(`${kind}: ${finding}`);
  }
  if (report.failing.length > 0) console.log(`failing seeds: ${report.failing.slice(0, shownMax).join(', ')}`);
};

const countsOf = ({ schedules, lost, duplicated, wrong }: FoldReport): string =>
  [
    `${schedules} schedules, ${lost.length} lost, ${duplicated.length} duplicated effects`,
    ...(wrong.length === 0 ? [] : [`${wrong.length} otherwise wrong`]),
  ].join(', ');

/** Every control, with the share of schedules that notice it. */
const runControls = async (): Promise<number[]> =>
  (await controls(seedsBelow(controlSchedules))).map(({ name, noticed }) => {
    const percent = (noticed.length * 100) / controlSchedules;
    console.log(`control: ${name}: fails in ${percent.toFixed(1)} % of ${controlSchedules}, first in ${noticed[0]}`);
    return percent;
  });

/**
 * The fold under seeded faults: the real worker over the table in memory. `--schedules <n>` runs the seeds below n,
 * `--seed <n>` that one alone, with everything it found; `--embedded <n>` those below n on the embedded engine.
 */
export const verify: Verify = async flags => {
  const only = numberAfter(flags, '--seed');
  const embedded = numberAfter(flags, '--embedded');
  const engineOf = async (seed: number) => ({ engine: await embeddedEngine(`sim-${seed}`) });
  const count = numberAfter(flags, '--schedules') ?? schedulesByDefault;
  const seeds = only === undefined ? seedsBelow(embedded ?? count) : [only];
  const report = await foldReport(seeds, embedded === undefined ? undefined : engineOf);
  showFindings(report);
  const clean = report.failing.length === 0;
  if (only !== undefined || embedded !== undefined) return { line: `sim: ${countsOf(report)}`, holds: clean };
  const percents = await runControls();
  const failed = percents.filter(percent => percent > controlPercentMin).length;
  const line = `sim: ${countsOf(report)}, controls failed as they must: ${failed} of ${percents.length}`;
  return { line, holds: clean && failed === percents.length };
};
