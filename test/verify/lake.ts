import { parseArgs } from 'node:util';
import { log } from '../../functions/kit/log.ts';
import { lakeControls } from './lake/lake-controls.ts';
import { findingKinds, isClean, type LakeFindings, noFindings } from './lake/lake-findings.ts';
import { runLakeSchedule } from './lake/run-lake-schedule.ts';
import type { Verify } from './run.ts';

const [shownMax, controlPercentMin] = [10, 5];

const runAll = async (seeds: readonly number[], control?: string) => {
  const found = noFindings();
  const failing: number[] = [];
  for (const seed of seeds) {
    const one = await runLakeSchedule(seed, control);
    if (!isClean(one)) failing.push(seed);
    for (const kind of findingKinds) found[kind].push(...one[kind]);
  }
  return { found, failing };
};

const show = (found: LakeFindings, failing: readonly number[]): void => {
  for (const kind of findingKinds)
    for (const finding of found[kind].slice(0, shownMax)) console.log(`${kind}: ${finding}`);
  if (failing.length > 0) console.log(`failing seeds: ${failing.slice(0, shownMax).join(', ')}`);
};

const seedsBelow = (end: number): number[] => Array.from({ length: end }, (_, seed) => seed);

/** Of how many schedules in a hundred each control is noticed. */
const runControls = async (schedules: number): Promise<number[]> => {
  const percents: number[] = [];
  for (const control of Object.keys(lakeControls)) {
    const { failing } = await runAll(seedsBelow(schedules), control);
    const percent = (failing.length * 100) / schedules;
    console.log(`control ${control}: fails in ${percent.toFixed(1)} % of ${schedules}, first in ${failing[0]}`);
    percents.push(percent);
  }
  return percents;
};

/**
 * The lake under seeded faults: the real workers over a table and objects in memory and the real engine, ended at any
 * request, overlapping, coming again, with readers beside them. At the end the rows are those that were accepted and
 * stored, every layout and the snapshot have them, and they add up to what the profiles say. `--schedules <n>` runs the
 * seeds below n, `--seed <n>` that one alone; `--control <name>` takes one condition away. What the engine takes its time
 * for is not of the seed: a schedule whose workers meet in another order may find nothing the second time.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      schedules: { type: 'string', default: '150' },
      controls: { type: 'string', default: '120' },
      seed: { type: 'string' },
      control: { type: 'string' },
    },
  });
  log.setLogLevel('SILENT');
  const seeds = values.seed === undefined ? seedsBelow(Number(values.schedules)) : [Number(values.seed)];
  const { found, failing } = await runAll(seeds, values.control);
  show(found, failing);
  const { lost, twice, wrong } = found;
  const line = `lake: ${seeds.length} schedules, ${lost.length} lost, ${twice.length} twice, ${wrong.length} otherwise wrong`;
  if (values.seed !== undefined || values.control !== undefined)
    return { line, holds: (failing.length === 0) === (values.control === undefined) };
  const percents = await runControls(Number(values.controls));
  const failed = percents.filter(percent => percent > controlPercentMin).length;
  return {
    line: `${line}, controls failed as they must: ${failed} of ${percents.length}`,
    holds: failing.length === 0 && failed === percents.length,
  };
};
