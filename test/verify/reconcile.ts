import { controls, noticedBy } from '../simulation/controls.ts';
import { runHistory } from '../simulation/run-history.ts';
import type { Verify } from './run.ts';

const histories = 1000;
const shownMax = 20;
/** Flaws of the fold that leave something behind which the events do not come to. */
const flaws = ['order-refunds', 'message-memory'];

const seeds = Array.from({ length: histories }, (_, seed) => seed);

/**
 * Random histories of one person, with repeats, refunds, late events and values set by hand, through the real fold over
 * the table in memory: what it kept must be what its events come to.
 */
export const verify: Verify = async () => {
  const found: string[] = [];
  let reconciled = 0;
  for (const seed of seeds) {
    const outcome = await runHistory(seed);
    reconciled += outcome?.complete ? 1 : 0;
    for (const { path, kept, must } of outcome?.differences ?? []) {
      found.push(`seed ${seed}: ${path} is ${JSON.stringify(kept)} and not ${JSON.stringify(must)}`);
    }
  }
  for (const difference of found.slice(0, shownMax)) console.log(difference);
  let noticed = 0;
  for (const flaw of flaws) {
    const [first] = await noticedBy(flaw, 'history', seeds, { first: true });
    console.log(`control: ${controls[flaw]}: ${first ? `seed ${first.seed}` : 'not noticed'}`);
    noticed += first ? 1 : 0;
  }
  return {
    line: `reconcile: ${reconciled} histories, ${found.length} differences`,
    holds: found.length === 0 && reconciled === histories && noticed === flaws.length,
  };
};
