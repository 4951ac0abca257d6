import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { passOf } from '../../../../core/engines/columns/passes.ts';
import type { LakeVersion } from '../../../../core/model/lake-version.ts';
import type { PackedCodes } from '../../../../core/model/packed-columns.ts';
import { type EventColumns, type PassResult, VersionGone } from '../../../../core/ports/event-columns.ts';
import type { ReadingLimits } from '../../../../core/ports/event-lake.ts';
import type { LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import { QueryTooLarge } from '../../../../core/ports/query-engine.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import type { Asking } from '../duckdb-connection.ts';
import { type FetchedFiles, FilesTooLarge } from '../fetched-files.ts';
import { type ExpandedRuns, expandRuns, peopleName } from './expand-runs.ts';
import { keysOf, lakeVersion } from './lake-version.ts';
import { gatherLoose, isWhole, looseCodes } from './loose-rows.ts';
import { aliasRows, type RunFiles } from './packed-rows-sql.ts';
import type { PassPool } from './pass-pool.ts';
import { groupsIn, idsAt } from './people-file.ts';

export interface EventColumnsTools {
  partitions: Pick<LakePartitions, 'view' | 'aliasView'>;
  files: Pick<FetchedFiles, 'holding'>;
  engine: Pick<DuckdbEngine, 'using'>;
  pool: Pick<PassPool, 'run'>;
  /** Where expanded columns are kept while the function is warm; how many expansions at most. */
  folder: string;
  expansionsMax: number;
  rowsPerPart?: number;
  /** How many times as long as making columns takes they are used although something newer stands. */
  restFactor?: number;
}

/** Large enough to be read in one go, small enough for threads to share. */
const rowsPerPart = 500_000;
const restFactor = 10;

/**
 * Events of days as columns. On first use the files are expanded into parts on this machine's disk (cold); afterwards
 * each pass reads those (warm), until other files stand.
 */
export const lakeEventColumns = (tools: EventColumnsTools): EventColumns => {
  const underWay: UnderWay = new Map();
  const resting: Resting = new Map();
  const columnsOf = async (version: LakeVersion, limits: ReadingLimits) => ({
    folder: join(tools.folder, version.id),
    ...(await expandedOnce(version, limits, tools, { underWay, resting })),
  });
  return {
    version: async (range, touch = 'channel') => {
      const rested = resting.get(placeOf(range, touch));
      if (rested && rested.until > performance.now()) return rested.version;
      return lakeVersion(range, touch, tools.partitions);
    },
    pass: async (version, name, asked, limits) => {
      const began = performance.now();
      return onceMore(async () => {
        const { folder, codes, parts } = await columnsOf(version, limits);
        const plan = passOf(name).plan(asked, codes);
        const paths = parts.map(part => join(folder, part));
        if (paths.length === 0) return { sums: passOf(name).begin(plan) as PassResult<typeof name>['sums'], codes };
        const sums = await tools.pool.run({ name, plan, paths }, less(limits, performance.now() - began));
        return { sums: sums as PassResult<typeof name>['sums'], codes };
      });
    },
    groups: (version, idsOf, others, limits) =>
      onceMore(async () => groupsIn(join((await columnsOf(version, limits)).folder, peopleName), idsOf, others)),
    ids: (version, numbers, limits) =>
      onceMore(async () => idsAt(join((await columnsOf(version, limits)).folder, peopleName), numbers)),
  };
};

/** Columns may have made room for others while they were about to be read: then they are made again. */
const onceMore = async <Answer>(read: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await read();
  } catch (fault) {
    if (fault instanceof Error && fault.message.includes('ENOENT')) return read();
    throw fault;
  }
};

/** Expansions that have begun, by version: whoever asks for the same waits for them. */
type UnderWay = Map<string, Promise<ExpandedRuns>>;
/** Versions that are used for a while although something newer stands, by what they are of. */
type Resting = Map<string, { version: LakeVersion; until: number }>;

interface Kept {
  underWay: UnderWay;
  resting: Resting;
}

const placeOf = (range: LakeVersion['range'], touch: LakeVersion['touch']): string =>
  [range.from, range.to, touch].join(' ');

const less = ({ budgetSeconds, signal }: ReadingLimits, milliseconds: number): ReadingLimits => ({
  budgetSeconds: budgetSeconds === undefined ? undefined : budgetSeconds - milliseconds / 1000,
  signal,
});

const expandedOnce = async (
  version: LakeVersion,
  limits: ReadingLimits,
  tools: EventColumnsTools,
  { underWay, resting }: Kept,
): Promise<ExpandedRuns> => {
  const folder = join(tools.folder, version.id);
  const known = underWay.get(version.id);
  if (known) return known;
  const begin = async (): Promise<ExpandedRuns> => {
    const kept = await readExpanded(folder);
    if (kept) return kept;
    const began = performance.now();
    const made = await expand(version, folder, limits, tools);
    const now = performance.now();
    const until = now + (now - began) * (tools.restFactor ?? restFactor);
    resting.set(placeOf(version.range, version.touch), { version, until });
    return made;
  };
  const expanded = begin();
  underWay.set(version.id, expanded);
  try {
    return await expanded;
  } finally {
    underWay.delete(version.id);
  }
};

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
const expand = async (
  version: LakeVersion,
  folder: string,
  limits: Asking,
  tools: EventColumnsTools,
): Promise<ExpandedRuns> => {
  await removeOldest(tools);
  const under = `${folder}.part`;
  await rm(under, { recursive: true, force: true });
  await mkdir(under, { recursive: true });
  try {
    const expanded = await tools.files.holding(keysOf(version), paths => {
      const pathOf = (key: string): string => {
        const path = paths.get(key);
        if (path === undefined) throw new VersionGone(`${key} has been replaced`);
        return path;
      };
      return fromCopies(version, pathOf, under, limits, tools);
    });
    if (expanded.parts.length === 0) await writeFile(join(under, peopleName), '');
    await writeFile(join(under, indexName), JSON.stringify(expanded));
    await rename(under, folder);
    return expanded;
  } catch (fault) {
    await rm(under, { recursive: true, force: true });
    throw fault instanceof FilesTooLarge ? new QueryTooLarge(fault.message, { cause: fault }) : fault;
  }
};

const fromCopies = async (
  { days, touch, aliases, hotAliases }: LakeVersion,
  pathOf: (key: string) => string,
  folder: string,
  limits: Asking,
  { engine, rowsPerPart: rows = rowsPerPart }: EventColumnsTools,
): Promise<ExpandedRuns> => {
  const sorted = days.filter(day => !isWhole(day, touch)).flatMap(day => day.runs);
  const runs = await Promise.all(sorted.map(run => filesOf(run, pathOf)));
  return engine.using(async duckdb => {
    const isLoose = await gatherLoose(duckdb, { days, touch, pathOf }, limits);
    const loose = isLoose ? await looseCodes(duckdb, limits) : undefined;
    const sources = { runs, loose, aliases: aliasRows(aliases.map(pathOf), hotAliases.map(pathOf)) };
    return expandRuns(duckdb, sources, folder, rows, limits);
  });
};

const filesOf = async (
  { packed, people, codes: [codes = ''] }: LakeVersion['days'][number]['runs'][number],
  pathOf: (key: string) => string,
): Promise<RunFiles> => ({
  packed: packed.map(pathOf),
  people: people.map(pathOf),
  codes: JSON.parse(await readFile(pathOf(codes), 'utf8')) as PackedCodes,
});

/** Makes room for one more. */
const removeOldest = async ({ folder, expansionsMax }: EventColumnsTools): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const made = (await readdir(folder)).filter(name => !name.endsWith('.part'));
  const kept = await Promise.all(made.map(async name => ({ name, usedAt: (await stat(join(folder, name))).mtimeMs })));
  const old = kept.sort((left, right) => right.usedAt - left.usedAt).slice(expansionsMax - 1);
  for (const { name } of old) await rm(join(folder, name), { recursive: true, force: true });
};
