import type { Table } from '../../core/ports/table.ts';
import { runHistory } from '../simulation/run-history.ts';
import { weakenedTables } from '../simulation/weakened-tables.ts';
import type { Verify } from './run.ts';

const histories = 1000;
const shownMax = 20;
/** Flaws of the fold that leave something behind which the events do not come to. */
const flaws = ['what was given back of an order is not kept', 'what was folded before is not remembered'];

const seeds = Array.from({ length: histories }, (_, seed) => seed);

/** The first seed whose history differs from what was recomputed. */
const firstToDiffer = async (weaken: (table: Table) => Table): Promise<number | undefined> => {
  for (const seed of seeds) {
    if ((await runHistory(seed, weaken))?.differences.length) return seed;
  }
  return undefined;
};

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
    const seed = await firstToDiffer(weakenedTables[flaw] ?? (table => table));
    console.log(`control: ${flaw}: ${seed === undefined ? 'not noticed' : `seed ${seed}`}`);
    noticed += seed === undefined ? 0 : 1;
  }
  return {
    line: `reconcile: ${reconciled} histories, ${found.length} differences`,
    holds: found.length === 0 && reconciled === histories && noticed === flaws.length,
  };
};
