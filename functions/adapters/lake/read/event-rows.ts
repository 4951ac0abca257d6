import type { ArchivedEvent } from '../../../../core/ports/event-archive.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import type { AliasTable } from './alias-table.ts';
import type { DayFiles, Wanted as FilesWanted } from './day-files.ts';
import { boundaryQuery, type EventConditions, type EventSources, eventQuery } from './event-query.ts';
import { type HotTable, hotRows } from './hot-table.ts';
import { lakeEventIn } from './lake-columns.ts';
import { LakeMoved } from './lake-moved.ts';
import type { QueryLimits } from './query-limits.ts';

export type Wanted = EventConditions & Pick<FilesWanted, 'standWith'> & { limit: number; limits: QueryLimits };

export interface RowTools {
  files: Pick<FetchedFiles, 'holding'>;
  hot: HotTable;
  aliases: AliasTable;
}

/** Rows of people who were erased are not there, so that others take their place. */
export const rowsOf = async (
  days: readonly DayFiles[],
  wanted: Wanted,
  duckdb: Duckdb,
  tools: RowTools,
): Promise<ArchivedEvent[]> => {
  const { files, hot, aliases } = tools;
  await hot.take(
    duckdb,
    days.flatMap(day => day.hot),
  );
  const keysOf = (of: 'runs' | 'merged') => days.flatMap(day => day[of].map(({ key }) => key));
  const [runs, merged] = [keysOf('runs'), keysOf('merged')];
  return files.holding([...runs, ...merged], async paths => {
    const pathOf = (key: string): string => {
      const path = paths.get(key);
      if (path === undefined) throw new LakeMoved(`${key} is gone`);
      return path;
    };
    const sources = {
      runs: runs.map(pathOf),
      merged: merged.map(pathOf),
      hot: days.some(day => day.hot.length > 0) ? hotRows(hot, days) : undefined,
      mayRepeat: days.some(day => day.mayRepeat),
      rows: days.flatMap(day => [...day.runs, ...day.merged]).reduce((sum, file) => sum + file.rows, 0),
    };
    return shownRows(sources, wanted, duckdb, aliases);
  });
};

/** Since when as many events are as are wanted, epoch ms. */
const newestSince = async (sources: EventSources, wanted: Wanted, limit: number, duckdb: Duckdb): Promise<number> => {
  const boundary = boundaryQuery(sources, wanted, limit);
  if (!boundary) return wanted.from;
  const [found] = await duckdb.rows(boundary.sql, { parameters: boundary.parameters, ...wanted.limits() });
  return found?.rows === limit ? Number(found.since) : wanted.from;
};

const shownRows = async (
  sources: EventSources,
  wanted: Wanted,
  duckdb: Duckdb,
  aliases: AliasTable,
): Promise<ArchivedEvent[]> => {
  const shown: ArchivedEvent[] = [];
  let { before } = wanted;
  for (;;) {
    const limit = wanted.limit - shown.length;
    const further = { ...wanted, before };
    const from = await newestSince(sources, further, limit, duckdb);
    const { sql, parameters } = eventQuery(sources, { ...further, from }, limit);
    const found = await duckdb.rows(sql, { parameters, ...wanted.limits() });
    const rows = found.map(lakeEventIn);
    const survivors = await aliases.survivors(duckdb, [...new Set(rows.map(({ profileId }) => profileId))]);
    for (const row of rows) {
      const profileId = survivors.get(row.profileId);
      if (profileId !== undefined) shown.push({ row, profileId });
    }
    const last = rows.at(-1);
    if (!last || rows.length < limit || shown.length >= wanted.limit) return shown;
    before = { at: last.timestamp, eventId: last.eventId };
  }
};
