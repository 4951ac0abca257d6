import type { DayVersion, TouchName } from '../../../../core/model/lake-version.ts';
import type { PackedCodes } from '../../../../core/model/packed-columns.ts';
import type { Asking, Duckdb } from '../duckdb-connection.ts';
import { eventColumnsFromJson, jsonColumns, quoted } from '../read/lake-columns.ts';
import { touchSql } from './touch-sql.ts';

/** Whole rows: what is not in sorted files yet, or has to be looked at event by event. */
export const looseTable = 'packed_loose';
/** The people in them, each with a number. */
export const loosePeople = 'packed_loose_people';

/** More names of sources or campaigns are not told apart: the rarest are one. */
const touchesMax = 250;
const rareTouch = '(rare)';

/** Only whole rows tell repeats, and sources and campaigns. */
export const isWhole = ({ mayRepeat }: DayVersion, touch: TouchName): boolean => mayRepeat || touch !== 'channel';

export interface LooseFiles {
  days: readonly DayVersion[];
  touch: TouchName;
  /** The copy of an object. */
  pathOf: (key: string) => string;
}

const columns =
  '"profileId", version, "eventId", "committedAt", "timestamp", type, channel, currency, "amountMinor", properties, context';
const listed = (texts: readonly string[]): string => texts.join(', ');

const parquetRows = ({ days, touch, pathOf }: LooseFiles): string[] => {
  const keys = days.flatMap(day => [
    ...day.merged,
    ...(isWhole(day, touch) ? day.runs.flatMap(run => run.events) : []),
  ]);
  if (keys.length === 0) return [];
  const paths = keys.map(key => quoted(pathOf(key)));
  return [`SELECT ${columns} FROM read_parquet([${listed(paths)}], union_by_name = true)`];
};

/** A hot object may hold rows of many days, of which those count whose day names it. */
const hotRows = ({ days, pathOf }: LooseFiles): string[] => {
  const named = days.flatMap(({ day, hot }) => hot.map(key => `(${quoted(day)}, ${quoted(pathOf(key))})`));
  if (named.length === 0) return [];
  const paths = [...new Set(days.flatMap(({ hot }) => hot))].map(key => quoted(pathOf(key)));
  return [
    `SELECT ${columns} FROM (SELECT strftime(make_timestamp("timestamp" * 1000), '%Y-%m-%d') AS day, filename,
      ${eventColumnsFromJson} FROM read_json([${listed(paths)}], format = 'newline_delimited', compression = 'gzip',
      columns = ${jsonColumns}, filename = true, maximum_object_size = 67108864))
      SEMI JOIN (VALUES ${listed(named)}) AS named (day, filename) USING (day, filename)`,
  ];
};

/** Gathers the loose rows of some days, where there are any. Tells whether there are. */
export const gatherLoose = async (duckdb: Duckdb, files: LooseFiles, asking: Asking): Promise<boolean> => {
  const rows = [...parquetRows(files), ...hotRows(files)];
  if (rows.length === 0) return false;
  const once = files.days.some(day => day.mayRepeat)
    ? `QUALIFY row_number() OVER (PARTITION BY "eventId" ORDER BY "committedAt" DESC, version DESC, "profileId") = 1`
    : '';
  await duckdb.run(
    `CREATE OR REPLACE TEMP TABLE ${looseTable} AS
      SELECT "profileId", "eventId", epoch_ms("timestamp") AS ms, type, ${touchSql[files.touch]} AS touch,
        coalesce(currency, '') AS currency, coalesce("amountMinor", 0) AS amount
      FROM (${rows.join(' UNION ALL ')}) ${once}`,
    asking,
  );
  if (files.touch !== 'channel') await foldRare(duckdb, asking);
  await duckdb.run(
    `CREATE OR REPLACE TEMP TABLE ${loosePeople} AS SELECT "profileId", (row_number() OVER () - 1)::UINTEGER AS person
      FROM (SELECT DISTINCT "profileId" FROM ${looseTable})`,
    asking,
  );
  return true;
};

const foldRare = (duckdb: Duckdb, asking: Asking): Promise<void> =>
  duckdb.run(
    `UPDATE ${looseTable} SET touch = ${quoted(rareTouch)} WHERE touch <> '' AND touch NOT IN
      (SELECT touch FROM ${looseTable} WHERE touch <> '' GROUP BY touch ORDER BY count(*) DESC, touch LIMIT ${touchesMax})`,
    asking,
  );

/** What stands in loose rows, each an empty text first: a number of its own for each. */
export const looseCodes = async (duckdb: Duckdb, asking: Asking): Promise<PackedCodes> => {
  const texts = async (column: string): Promise<string[]> => {
    const rows = await duckdb.rows(`SELECT DISTINCT ${column} AS text FROM ${looseTable} ORDER BY text`, asking);
    return rows.map(({ text }) => String(text)).filter(text => text !== '');
  };
  return {
    types: await texts('type'),
    channels: ['', ...(await texts('touch'))],
    currencies: ['', ...(await texts('currency'))],
  };
};
