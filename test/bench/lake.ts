import { parseArgs } from 'node:util';
import { compaction } from './lake/compaction.ts';
import { eventSearch } from './lake/event-search.ts';
import { packedColumns } from './lake/packed-columns.ts';
import { snapshotRewrite } from './lake/snapshot-rewrite.ts';
import type { Bench, Measured } from './run.ts';

/** What is measured of the lake, by name. */
const parts: Readonly<Record<string, (events: number) => Promise<Measured>>> = {
  compaction,
  snapshot: events => snapshotRewrite(events / 2),
  columns: events => packedColumns(events * 5),
  search: events => eventSearch(events * 5),
};

/** The lake, part by part: `--part <name>` measures one, `--events <n>` over so many. */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { part: { type: 'string' }, events: { type: 'string', default: '2000000' } },
  });
  const measured: Measured[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (values.part === undefined || values.part === name) measured.push(await part(Number(values.events)));
  }
  if (measured.length === 0) throw new Error(`Name a part: ${Object.keys(parts).join(', ')}.`);
  return {
    line: `lake: ${measured.map(({ line }) => line).join('; ')}`,
    holds: measured.every(({ holds }) => holds),
  };
};
