import { parseArgs } from 'node:util';
import { SetComparison } from './analytics/compare-ways.ts';
import type { Fault } from './analytics/run-real.ts';
import { SqliteSet } from './analytics/sqlite-set.ts';
import type { Verify } from './run.ts';

const shownMax = 20;

/** Each must be noticed, or the comparison is worth nothing. */
const faults: Record<Fault, string> = {
  cut: 'people are cut in two',
  lost: 'the sums of a thread are lost',
  disordered: 'equal seconds stand in another order',
  short: 'windows and look-backs are a second short',
};

/**
 * Funnels, cohorts, attribution and journeys of random events (`--sets <n>`, `--seed <n>` one of them), by the engine, by
 * a slow and obvious reading, and by SQLite; and every list behind every figure.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { sets: { type: 'string', default: '1000' }, seed: { type: 'string' } },
  });
  const seeds =
    values.seed === undefined ? Array.from({ length: Number(values.sets) }, (_, seed) => seed) : [Number(values.seed)];
  const sqlite = new SqliteSet();
  const compared = seeds.map(seed => new SetComparison(seed, sqlite).all());
  const sum = (figure: 'comparisons' | 'lists') => compared.reduce((all, one) => all + one[figure], 0);
  const differences = compared.flatMap(one => one.differences);
  for (const difference of differences.slice(0, shownMax)) console.log(difference);
  const noticed = Object.entries(faults).filter(([fault, what]) => {
    const first = seeds.find(seed => new SetComparison(seed, sqlite, fault as Fault).all().differences.length > 0);
    console.log(`control: ${what}: ${first === undefined ? 'not noticed' : `noticed in set ${first}`}`);
    return first !== undefined;
  });
  sqlite.close();
  const controls = values.seed === undefined ? Object.keys(faults).length : noticed.length;
  return {
    line: `analytics: ${seeds.length} sets of events, ${sum('comparisons')} comparisons by hand and by SQLite, ${sum('lists')} lists against their counts, ${differences.length} differences, controls noticed: ${noticed.length} of ${Object.keys(faults).length}`,
    holds: differences.length === 0 && noticed.length === controls,
  };
};
