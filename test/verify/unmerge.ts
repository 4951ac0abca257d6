import { parseArgs } from 'node:util';
import { inLanes } from '../../core/model/in-lanes.ts';
import { controls, noticedBy, unmergeControls } from '../simulation/controls.ts';
import { unmergeHistory } from '../simulation/unmerge-history.ts';
import type { Verify } from './run.ts';

const [shownMax, controlSeeds, controlLanes] = [20, 100, 2];

/**
 * Random histories in which two people are merged and parted again, beside the same ones in which they never were: all that
 * the platform tells of anybody must be the same. `--histories <n>` runs the seeds below n, `--seed <n>` that one.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { histories: { type: 'string', default: '1000' }, seed: { type: 'string' } },
  });
  const only = values.seed === undefined ? undefined : Number(values.seed);
  const seeds = only === undefined ? Array.from({ length: Number(values.histories) }, (_, seed) => seed) : [only];
  const failing: number[] = [];
  const found: string[] = [];
  for (const seed of seeds) {
    const findings = await unmergeHistory(seed);
    if (findings.length > 0) failing.push(seed);
    found.push(...findings.map(finding => `seed ${seed}: ${finding}`));
  }
  for (const finding of found.slice(0, shownMax)) console.log(finding);
  const counted = `${seeds.length} histories, ${found.length} differences`;
  if (failing.length > 0) console.log(`failing seeds: ${failing.slice(0, shownMax).join(', ')}`);
  if (only !== undefined) return { line: `unmerge: ${counted}`, holds: found.length === 0 };
  const some = Array.from({ length: controlSeeds }, (_, seed) => seed);
  const killed = await inLanes(unmergeControls, controlLanes, async name => {
    const [first] = await noticedBy(name, 'unmerge', some, { first: true });
    console.log(`control ${name}: ${controls[name]}: ${first ? `noticed by seed ${first.seed}` : 'NOT NOTICED'}`);
    return first ? 1 : 0;
  });
  const count = killed.filter(one => one === 1).length;
  return {
    line: `unmerge: ${counted}, mutants killed: ${count} of ${killed.length}`,
    holds: found.length === 0 && count === killed.length,
  };
};
