import { parseArgs } from 'node:util';
import { inLanes } from '../../core/model/in-lanes.ts';
import { controls, mergeControls, noticedBy } from '../simulation/controls.ts';
import { mergeReport } from '../simulation/merge-report.ts';
import type { Verify } from './run.ts';

const [shownMax, controlSeeds, controlLanes] = [20, 600, 2];

/**
 * Merges and their undoing under seeded faults of the table: the real profile worker takes events while profiles are merged,
 * parted, created, erased and change their consent. `--schedules <n>` runs the seeds below n, `--seed <n>` that one.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { schedules: { type: 'string', default: '2000' }, seed: { type: 'string' } },
  });
  const only = values.seed === undefined ? undefined : Number(values.seed);
  const seeds = only === undefined ? Array.from({ length: Number(values.schedules) }, (_, seed) => seed) : [only];
  const failing: number[] = [];
  const found: string[] = [];
  for (const seed of seeds) {
    const findings = await mergeReport(seed);
    if (findings.length > 0) failing.push(seed);
    found.push(...findings.map(finding => `seed ${seed}: ${finding}`));
  }
  for (const finding of found.slice(0, shownMax)) console.log(finding);
  const counted = `${seeds.length} schedules, ${found.length} violations of I1–I6, I9 and I13`;
  if (failing.length > 0) console.log(`failing seeds: ${failing.slice(0, shownMax).join(', ')}`);
  if (only !== undefined) return { line: `identity: ${counted}`, holds: found.length === 0 };
  const some = Array.from({ length: controlSeeds }, (_, seed) => seed);
  const killed = await inLanes(mergeControls, controlLanes, async name => {
    const [first] = await noticedBy(name, 'merge', some, { first: true });
    console.log(`control ${name}: ${controls[name]}: ${first ? `noticed by seed ${first.seed}` : 'NOT NOTICED'}`);
    return first ? 1 : 0;
  });
  const count = killed.filter(one => one === 1).length;
  return {
    line: `identity: ${counted}, mutants killed: ${count} of ${killed.length}`,
    holds: found.length === 0 && count === killed.length,
  };
};
