import { readFile } from 'node:fs/promises';
import type { LakeCodes, LakeRun } from '../../../../core/model/lake-partition.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import type { DayFiles } from './day-files.ts';
import { type EventConditions, type EventSources, type SlimRows, secondsQuery, slimRowsIn } from './event-query.ts';
import { holdingFiles, type PathsOf } from './holding-files.ts';
import { quoted } from './lake-columns.ts';
import type { WantedRows } from './wanted-rows.ts';

/** What need be read of all that is wanted, to have the newest of it. */
export type Needed = Pick<EventConditions, 'from' | 'standing'>;

/** So few rows are read whole. */
const fewRows = 50_000;
/** More people would stand everywhere. */
const peopleMax = 1000;

/**
 * Since when, and of whom in runs, as many events are as are wanted. The slim files tell it for a fraction of what
 * reading whole rows costs; everything that is wanted is needed where they do not, or where it is not worth it.
 */
export const newestNeeded = async (
  days: readonly DayFiles[],
  hot: string | undefined,
  wanted: WantedRows,
  duckdb: Duckdb,
  { files }: { files: Pick<FetchedFiles, 'holding'> },
): Promise<Needed> => {
  const all = { from: wanted.from };
  const runs = days.flatMap(day => day.runs);
  const merged = days.flatMap(day => day.merged);
  if (isWhole(days, wanted) || [...runs, ...merged].reduce((sum, { rows }) => sum + rows, 0) <= fewRows) return all;
  const held = [...runs.flatMap(({ files: { slim, people, codes } }) => [...slim, ...people, ...codes]), ...merged];
  return holdingFiles(held, files, async pathsOf => {
    const slim = await slimRows(runs, wanted, pathsOf);
    const since = await secondOf({ runs: [], merged: pathsOf(merged), hot, mayRepeat: false }, slim, wanted, duckdb);
    if (since === undefined) return all;
    const standing = await standingSince(since, slim, wanted, duckdb);
    return { from: Math.max(wanted.from, since * 1000), ...(standing ? { standing } : {}) };
  });
};

/** What slim files do not tell, or where rows may stand in for others. */
const isWhole = (days: readonly DayFiles[], { people, eventId, sessionId, source }: EventConditions): boolean =>
  days.some(day => day.mayRepeat) || [people, eventId, sessionId, source].some(value => value !== undefined);

/** The slim rows of each run that has such events at all. */
const slimRows = async (
  runs: readonly LakeRun[],
  { type, types }: EventConditions,
  pathsOf: PathsOf,
): Promise<SlimRows[]> => {
  const all = type === undefined ? types : [type];
  const found: SlimRows[] = [];
  for (const { files } of runs) {
    const [path = ''] = pathsOf(files.codes);
    const codes = JSON.parse(await readFile(path, 'utf8')) as LakeCodes;
    const numbers = all?.map(one => codes.types.indexOf(one)).filter(number => number >= 0);
    if (numbers?.length === 0) continue;
    found.push({ slim: pathsOf(files.slim), people: pathsOf(files.people), types: numbers });
  }
  return found;
};

/** The second of the last one of as many as are wanted; `undefined` where there are fewer. */
const secondOf = async (
  others: EventSources,
  slim: readonly SlimRows[],
  wanted: WantedRows,
  duckdb: Duckdb,
): Promise<number | undefined> => {
  const query = secondsQuery(others, slim, wanted, wanted.limit);
  if (!query) return undefined;
  const [found] = await duckdb.rows(query.sql, { parameters: query.parameters, ...wanted.limits() });
  return found?.rows === wanted.limit ? Number(found.since) : undefined;
};

/** Under whose ids such events stand in runs; `undefined` for too many. */
const standingSince = async (
  since: number,
  slim: readonly SlimRows[],
  wanted: WantedRows,
  duckdb: Duckdb,
): Promise<string[] | undefined> => {
  const ids: string[] = [];
  for (const { people, ...rows } of slim) {
    const numbers = await duckdb.rows(
      `SELECT DISTINCT person FROM (${slimRowsIn(rows)}) WHERE second >= ${since} LIMIT ${peopleMax + 1}`,
      wanted.limits(),
    );
    if (ids.length + numbers.length > peopleMax) return undefined;
    if (numbers.length === 0) continue;
    const list = numbers.map(({ person }) => Number(person)).join(', ');
    const from = `read_parquet([${people.map(quoted).join(', ')}])`;
    const found = await duckdb.rows(`SELECT "personId" FROM ${from} WHERE person IN (${list})`, wanted.limits());
    ids.push(...found.map(({ personId }) => String(personId)));
  }
  return ids;
};
