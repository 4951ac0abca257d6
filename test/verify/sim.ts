import { controls, foldReport } from '../simulation/fold-report.ts';
import type { Verify } from './run.ts';

const schedulesByDefault = 2000;
const shownMax = 20;

const numberAfter = (flags: readonly string[], name: string): number | undefined => {
  const at = flags.indexOf(name);
  const value = Number(flags[at + 1]);
  if (at >= 0 && !Number.isInteger(value)) throw new Error(`${name} needs a whole number`);
  return at < 0 ? undefined : value;
};

/**
 * The fold under seeded faults: the real worker over the table in memory. `--schedules <n>` runs the seeds below n,
 * `--seed <n>` that one alone, with everything it found.
 */
export const verify: Verify = async flags => {
  const only = numberAfter(flags, '--seed');
  const count = numberAfter(flags, '--schedules') ?? schedulesByDefault;
  const seeds = only === undefined ? Array.from({ length: count }, (_, seed) => seed) : [only];
  const report = await foldReport(seeds);
  for (const kind of ['lost', 'duplicated', 'wrong'] as const) {
    for (const finding of report[kind].slice(0, shownMax)) console.log(`${kind}: ${finding}`);
  }
  if (report.failing.length > 0) console.log(`failing seeds: ${report.failing.slice(0, shownMax).join(', ')}`);
  const noticed = await controls(Array.from({ length: 200 }, (_, seed) => seed));
  for (const { name, seed } of noticed)
    console.log(`control: ${name}: ${seed === undefined ? 'not noticed' : `seed ${seed}`}`);
  const failed = noticed.filter(({ seed }) => seed !== undefined).length;
  const { schedules, lost, duplicated, wrong } = report;
  const line = [
    `sim: ${schedules} schedules, ${lost.length} lost, ${duplicated.length} duplicated effects`,
    ...(wrong.length === 0 ? [] : [`${wrong.length} otherwise wrong`]),
    `controls failed as they must: ${failed} of ${noticed.length}`,
  ].join(', ');
  return { line, holds: report.failing.length === 0 && failed === noticed.length };
};
