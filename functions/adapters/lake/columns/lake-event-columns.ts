import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeTime } from 'ulid';
import { passOf } from '../../../../core/engines/columns/passes.ts';
import type { LakeRun } from '../../../../core/model/lake-partition.ts';
import type { PackedCodes } from '../../../../core/model/packed-columns.ts';
import type { DayRange, EventColumns, PassResult } from '../../../../core/ports/event-columns.ts';
import type { LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import { type ExpandedRuns, expandRuns } from './expand-runs.ts';
import type { RunFiles } from './packed-rows-sql.ts';
import type { PassPool } from './pass-pool.ts';

export interface EventColumnsTools {
  partitions: Pick<LakePartitions, 'view' | 'aliasView'>;
  files: Pick<FetchedFiles, 'holding'>;
  engine: Pick<DuckdbEngine, 'using'>;
  pool: Pick<PassPool, 'run'>;
  /** Where expanded columns are kept while the function is warm; how many expansions at most. */
  folder: string;
  expansionsMax: number;
  rowsPerPart?: number;
}

/** Large enough to be read in one go, small enough for threads to share. */
const rowsPerPart = 500_000;

/**
 * Events of days as columns. On first use the sorted files are expanded into parts on this machine's disk (cold);
 * afterwards each pass reads those (warm), until other files stand.
 */
export const lakeEventColumns = (tools: EventColumnsTools): EventColumns => {
  const underWay: UnderWay = new Map();
  return {
    pass: async (days, name, asked, budgetSeconds) => {
      const { folder, expanded, asOf } = await expandedDays(days, tools, underWay);
      const { codes, parts } = expanded;
      const plan = passOf(name).plan(asked, codes);
      const paths = parts.map(part => join(folder, part));
      const sums =
        paths.length === 0 ? passOf(name).begin(plan) : await tools.pool.run({ name, plan, paths }, budgetSeconds);
      return { sums: sums as PassResult<typeof name>['sums'], codes, asOf };
    },
  };
};

/** Expansions that have begun, by folder: whoever asks for the same waits for them. */
type UnderWay = Map<string, Promise<ExpandedRuns>>;

interface Wanted {
  runs: readonly LakeRun[];
  /** Keys of files. */
  aliases: readonly string[];
}

/** Aliases of the last hours are left out: with each of them everything would have to be expanded anew. */
const wantedOf = async ({ from, to }: DayRange, { partitions }: EventColumnsTools): Promise<Wanted> => {
  const [view, aliases] = [await partitions.view(from, to), await partitions.aliasView()];
  return { runs: view.flatMap(day => day.runs), aliases: aliases.base.map(({ key }) => key) };
};

const keysOf = ({ runs, aliases }: Wanted): string[] => [
  ...runs.flatMap(({ files }) => [...files.packed, ...files.people, ...files.codes].map(({ key }) => key)),
  ...aliases,
];

const newestIn = (runs: readonly LakeRun[]): number =>
  Math.max(0, ...runs.map(({ maxEventId }) => decodeTime(maxEventId.slice('event-'.length).toUpperCase())));

const expandedDays = async (days: DayRange, tools: EventColumnsTools, underWay: UnderWay) => {
  const wanted = await wantedOf(days, tools);
  const folder = join(tools.folder, createHash('sha256').update(keysOf(wanted).join('\n')).digest('hex').slice(0, 40));
  const expanded = underWay.get(folder) ?? expandOnce(wanted, folder, tools);
  underWay.set(folder, expanded);
  try {
    return { folder, expanded: await expanded, asOf: newestIn(wanted.runs) };
  } finally {
    underWay.delete(folder);
  }
};

const expandOnce = async (wanted: Wanted, folder: string, tools: EventColumnsTools): Promise<ExpandedRuns> =>
  (await readExpanded(folder)) ?? (await expand(wanted, folder, tools));

const indexName = 'index.json';

const readExpanded = async (folder: string): Promise<ExpandedRuns | undefined> => {
  try {
    const index = JSON.parse(await readFile(join(folder, indexName), 'utf8')) as ExpandedRuns;
    await utimes(folder, new Date(), new Date());
    return index;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fault;
  }
};

/** An expansion is there when its folder is: it is made beside it and moved. */
const expand = async (wanted: Wanted, folder: string, tools: EventColumnsTools): Promise<ExpandedRuns> => {
  await removeOldest(tools);
  const under = `${folder}.part`;
  await rm(under, { recursive: true, force: true });
  await mkdir(under, { recursive: true });
  const expanded = await tools.files.holding(keysOf(wanted), async paths => {
    const runs = await Promise.all(wanted.runs.map(run => filesOf(run, paths)));
    const aliases = wanted.aliases.map(key => pathOf(key, paths));
    return tools.engine.using(duckdb => expandRuns(duckdb, runs, aliases, under, tools.rowsPerPart ?? rowsPerPart));
  });
  await writeFile(join(under, indexName), JSON.stringify(expanded));
  await rename(under, folder);
  return expanded;
};

const pathOf = (key: string, paths: ReadonlyMap<string, string>): string => {
  const path = paths.get(key);
  if (path === undefined) throw new Error(`${key} is named and not there`);
  return path;
};

const filesOf = async ({ files }: LakeRun, paths: ReadonlyMap<string, string>): Promise<RunFiles> => {
  const copies = (layout: 'packed' | 'people' | 'codes') => files[layout].map(({ key }) => pathOf(key, paths));
  const [codes = ''] = copies('codes');
  return {
    packed: copies('packed'),
    people: copies('people'),
    codes: JSON.parse(await readFile(codes, 'utf8')) as PackedCodes,
  };
};

/** Makes room for one more. */
const removeOldest = async ({ folder, expansionsMax }: EventColumnsTools): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const kept = await Promise.all(
    (await readdir(folder)).map(async name => ({ name, usedAt: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = kept.sort((left, right) => right.usedAt - left.usedAt).slice(expansionsMax - 1);
  for (const { name } of old) await rm(join(folder, name), { recursive: true, force: true });
};
