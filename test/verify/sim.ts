import { inLanes } from '../../core/model/in-lanes.ts';
import { controls, foldControls, noticedBy } from '../simulation/controls.ts';
import { embeddedEngine } from '../simulation/embedded-engine.ts';
import { type FoldReport, foldReport } from '../simulation/fold-report.ts';
import type { Figure, Verify } from './run.ts';

const schedulesByDefault = 2000;
const shownMax = 20;
const controlSchedules = 200;
const controlPercentMin = 5;
const controlLanes = 2;

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
const runControls = async (): Promise<number[]> => {
  const percentOf = async (name: string): Promise<number> => {
    const noticed = await noticedBy(name, 'fold', seedsBelow(controlSchedules));
    const percent = (noticed.length * 100) / controlSchedules;
    const share = `${percent.toFixed(1)} % of ${controlSchedules}`;
    console.log(`control ${name}: ${controls[name]}: fails in ${share}, first in ${noticed[0]?.seed}`);
    return percent;
  };
  return inLanes(foldControls, controlLanes, percentOf);
};

/** One control under one seed, with everything that it found. */
const replay = async (name: string, seed: number): Promise<Figure> => {
  if (!foldControls.includes(name)) throw new Error(`Name a control: ${foldControls.join(', ')}.`);
  const findings = (await noticedBy(name, 'fold', [seed])).flatMap(noticed => noticed.findings);
  for (const finding of findings) console.log(finding);
  return { line: `sim: ${name} under seed ${seed}: ${findings.length} findings`, holds: findings.length > 0 };
};

/**
 * The fold under seeded faults: the real worker over the table in memory. `--schedules <n>` runs the seeds below n,
 * `--seed <n>` that one alone, with everything it found; `--embedded <n>` those below n on the embedded engine. The controls are
 * the same code without one of its conditions each; `--control <name> --seed <n>` runs one of them again.
 */
export const verify: Verify = async flags => {
  const only = numberAfter(flags, '--seed');
  const control = flags.includes('--control') ? flags[flags.indexOf('--control') + 1] : undefined;
  if (control !== undefined) return replay(control, only ?? 0);
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
