import { parseArgs } from 'node:util';
import { log } from '../../functions/kit/log.ts';
import { lakeControls } from './lake/lake-controls.ts';
import { type LakeFindings, runLakeSchedule } from './lake/run-lake-schedule.ts';
import type { Verify } from './run.ts';

const shownMax = 10;

const isClean = ({ lost, twice, wrong }: LakeFindings): boolean => lost.length + twice.length + wrong.length === 0;

const runAll = async (seeds: readonly number[], control?: string) => {
  const found: LakeFindings = { lost: [], twice: [], wrong: [] };
  const failing: number[] = [];
  for (const seed of seeds) {
    const one = await runLakeSchedule(seed, control);
    if (!isClean(one)) failing.push(seed);
    for (const kind of ['lost', 'twice', 'wrong'] as const) found[kind].push(...one[kind]);
  }
  return { found, failing };
};

const show = (found: LakeFindings, failing: readonly number[]): void => {
  for (const kind of ['lost', 'twice', 'wrong'] as const)
    for (const finding of found[kind].slice(0, shownMax)) console.log(`${kind}: ${finding}`);
  if (failing.length > 0) console.log(`failing seeds: ${failing.slice(0, shownMax).join(', ')}`);
};

const seedsBelow = (end: number): number[] => Array.from({ length: end }, (_, seed) => seed);

/** The first seed that notices a control, of so many. */
const noticedBy = async (control: string, schedules: number): Promise<number | undefined> => {
  for (const seed of seedsBelow(schedules)) if (!isClean(await runLakeSchedule(seed, control))) return seed;
  return undefined;
};

/** How many of the controls are noticed. */
const runControls = async (schedules: number): Promise<number> => {
  let failed = 0;
  for (const control of Object.keys(lakeControls)) {
    const seed = await noticedBy(control, schedules);
    console.log(
      `control ${control}: ${seed === undefined ? `nobody of ${schedules} notices` : `noticed by seed ${seed}`}`,
    );
    if (seed !== undefined) failed += 1;
  }
  return failed;
};

/**
 * The lake under seeded faults: the real workers over a table and objects in memory and the real engine, ended at any
 * request, overlapping, coming again, with readers beside them. At the end the rows are those that were accepted and
 * stored, and add up to what the profiles say. `--schedules <n>` runs the seeds below n, `--seed <n>` that one alone;
 * `--control <name>` takes one condition away. What the engine takes its time for is not of the seed: a schedule whose
 * workers meet in another order may find nothing the second time.
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
  const failed = await runControls(Number(values.controls));
  const controls = Object.keys(lakeControls).length;
  return {
    line: `${line}, controls failed as they must: ${failed} of ${controls}`,
    holds: failing.length === 0 && failed === controls,
  };
};
