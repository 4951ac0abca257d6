import { parseArgs } from 'node:util';
import { historyFaults, linkFaults } from './consent/histories.ts';
import { pairFaults, randomPair } from './consent/pairs.ts';
import type { Verify } from './run.ts';

const countTo = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);
const shownMax = 20;

/**
 * Random histories of one person through the handlers, random pairs through the merge, and browsers that object before
 * somebody signs in, each against a plain reading that knows nothing of the engine. A merge that lets every yes survive,
 * and a history of which a word is left out, must be noticed.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      histories: { type: 'string', default: '200' },
      pairs: { type: 'string', default: '5000' },
      links: { type: 'string', default: '100' },
    },
  });
  const faults: string[] = [];
  for (const seed of countTo(Number(values.histories))) faults.push(...(await historyFaults(seed)));
  for (const seed of countTo(Number(values.links))) faults.push(...(await linkFaults(seed)));
  const pairs = countTo(Number(values.pairs)).map(randomPair);
  let overridden = 0;
  for (const [seed, pair] of pairs.entries()) {
    for (const fault of pairFaults(pair)) {
      faults.push(`pair ${seed}: ${fault.channel}`);
      if (fault.overridden) overridden += 1;
    }
  }
  const noticed = pairs.filter(pair => pairFaults(pair, 'permissive').some(fault => fault.overridden)).length;
  let forgotten = 0;
  const tried = countTo(Math.min(20, Number(values.histories)));
  for (const seed of tried) if ((await historyFaults(seed, true)).length > 0) forgotten += 1;
  for (const fault of faults.slice(0, shownMax)) console.log(fault);
  console.log(`control, a reading without the last word: noticed in ${forgotten} of ${tried.length} histories`);
  console.log(`control, a merge that lets every yes survive: noticed in ${noticed} of ${pairs.length} pairs`);
  return {
    line: `consent: ${overridden} of ${pairs.length} pairs let an opt-out be overridden, ${values.histories} histories and ${values.links} linked browsers, ${faults.length} differences, controls failed as they must: ${Number(noticed > 0) + Number(forgotten > 0)} of 2`,
    holds: faults.length === 0 && noticed > 0 && forgotten > 0,
  };
};
