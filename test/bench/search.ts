import { parseArgs } from 'node:util';
import type { Bench } from './run.ts';
import { profileSearch } from './search/profile-search.ts';

/** Searches over so many generated profiles: `--profiles <n>`. */
export const bench: Bench = flags => {
  const { values } = parseArgs({ args: flags, options: { profiles: { type: 'string', default: '1000000' } } });
  return profileSearch(Number(values.profiles));
};
