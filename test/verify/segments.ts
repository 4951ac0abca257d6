import { parseArgs } from 'node:util';
import { inLanes } from '../../core/model/in-lanes.ts';
import { controls, membershipControls, noticedBy } from '../simulation/controls.ts';
import { membershipHistory } from '../simulation/membership-history.ts';
import type { Verify } from './run.ts';

const [shownMax, controlHistories, controlPercentMin, controlLanes] = [20, 60, 5, 2];

/**
 * Memberships kept up to date under message faults against evaluation from scratch: random histories of people, events
 * and up to 20 rules each that come, change and go. `--histories <n>` runs the seeds below n, `--seed <n>` that one.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { histories: { type: 'string', default: '500' }, seed: { type: 'string' } },
  });
  const only = values.seed === undefined ? undefined : Number(values.seed);
  const seeds = only === undefined ? Array.from({ length: Number(values.histories) }, (_, seed) => seed) : [only];
  const found: string[] = [];
  for (const seed of seeds) found.push(...(await membershipHistory(seed)).map(finding => `seed ${seed}: ${finding}`));
  for (const finding of found.slice(0, shownMax)) console.log(finding);
  if (only !== undefined)
    return { line: `segments: seed ${only}, ${found.length} differences`, holds: found.length === 0 };
  const some = Array.from({ length: controlHistories }, (_, seed) => seed);
  const percents = await inLanes(membershipControls, controlLanes, async name => {
    const noticed = await noticedBy(name, 'membership', some);
    const percent = (noticed.length * 100) / controlHistories;
    const share = `${percent.toFixed(1)} % of ${controlHistories}, first in ${noticed[0]?.seed}`;
    console.log(`control ${name}: ${controls[name]}: fails in ${share}`);
    return percent;
  });
  const failed = percents.filter(percent => percent > controlPercentMin).length;
  return {
    line: `segments: ${seeds.length} histories, ${found.length} differences, controls failed as they must: ${failed} of ${percents.length}`,
    holds: found.length === 0 && failed === percents.length,
  };
};
