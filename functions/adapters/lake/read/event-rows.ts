import type { ArchivedEvent } from '../../../../core/ports/event-archive.ts';
import type { Duckdb, Row } from '../duckdb-connection.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import type { AliasTable } from './alias-table.ts';
import { type DayFiles, partsOf } from './day-files.ts';
import { type EventSources, eventQuery } from './event-query.ts';
import { holdingFiles } from './holding-files.ts';
import { type HotTable, hotRows } from './hot-table.ts';
import { lakeEventIn } from './lake-columns.ts';
import { newestNeeded } from './newest-needed.ts';
import type { WantedRows } from './wanted-rows.ts';

export interface RowTools {
  files: Pick<FetchedFiles, 'holding'>;
  hot: HotTable;
  aliases: AliasTable;
}

/** The rows that are wanted, newest first. Of people who were erased there are none, and others take their place. */
export const rowsOf = async (
  days: readonly DayFiles[],
  wanted: WantedRows,
  duckdb: Duckdb,
  tools: RowTools,
): Promise<ArchivedEvent[]> => {
  const hotObjects = days.flatMap(day => day.hot);
  await tools.hot.take(duckdb, hotObjects);
  const hot = hotObjects.length > 0 ? hotRows(tools.hot, days) : undefined;
  const shown: ArchivedEvent[] = [];
  let { before } = wanted;
  for (;;) {
    const further = { ...wanted, before, limit: wanted.limit - shown.length };
    const rows = (await storedRows(days, hot, further, duckdb, tools)).map(lakeEventIn);
    const survivors = await tools.aliases.survivors(duckdb, [...new Set(rows.map(({ profileId }) => profileId))]);
    for (const row of rows) {
      const profileId = survivors.get(row.profileId);
      if (profileId !== undefined) shown.push({ row, profileId });
    }
    const last = rows.at(-1);
    if (!last || rows.length < further.limit || shown.length >= wanted.limit) return shown;
    before = { at: last.timestamp, eventId: last.eventId };
  }
};

const storedRows = async (
  days: readonly DayFiles[],
  hot: string | undefined,
  wanted: WantedRows,
  duckdb: Duckdb,
  tools: RowTools,
): Promise<Row[]> => {
  const needed = await newestNeeded(days, hot, wanted, duckdb, tools);
  const parts = days.flatMap(day => day.runs.flatMap(({ files }) => partsOf(files.events, needed.standing)));
  const merged = days.flatMap(day => day.merged);
  return holdingFiles([...parts, ...merged], tools.files, async pathsOf => {
    const mayRepeat = days.some(day => day.mayRepeat);
    const sources: EventSources = { runs: pathsOf(parts), merged: pathsOf(merged), hot, mayRepeat };
    const query = eventQuery(sources, { ...wanted, ...needed }, wanted.limit);
    return query ? duckdb.rows(query.sql, { parameters: query.parameters, ...wanted.limits() }) : [];
  });
};
