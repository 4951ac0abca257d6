import { parseArgs } from 'node:util';
import { controls, noticedBy, traitControls } from '../simulation/controls.ts';
import { traitHistory } from '../simulation/trait-history.ts';
import type { Verify } from './run.ts';

const shownMax = 20;
const seedsBelow = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

/**
 * Traits against a plain reading of them, over `--histories <n>` in which events come late and twice, traits come and
 * go, people become one and the table fails; every control must be noticed in `--controls <n>` of them. `--seed <n>`
 * runs one.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      histories: { type: 'string', default: '500' },
      controls: { type: 'string', default: '60' },
      seed: { type: 'string' },
    },
  });
  const seeds = values.seed === undefined ? seedsBelow(Number(values.histories)) : [Number(values.seed)];
  const found: string[] = [];
  for (const seed of seeds) found.push(...(await traitHistory(seed)).map(finding => `seed ${seed}: ${finding}`));
  for (const finding of found.slice(0, shownMax)) console.log(finding);
  const asked = values.seed === undefined ? traitControls : [];
  let noticed = 0;
  for (const name of asked) {
    const by = await noticedBy(name, 'traits', seedsBelow(Number(values.controls)));
    console.log(`control ${name}: ${controls[name]}: noticed by ${by.length} of ${values.controls}`);
    if (by.length > 0) noticed += 1;
  }
  return {
    line: `traits: ${seeds.length} histories, ${found.length} differences, controls failed as they must: ${noticed} of ${asked.length}`,
    holds: found.length === 0 && noticed === asked.length,
  };
};
