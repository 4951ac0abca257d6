import type { PackedCodes } from '../../../../core/model/packed-columns.ts';
import { listed, quoted } from '../snapshot/snapshot-columns-sql.ts';
import { loosePeople, looseTable } from './loose-rows.ts';

/** The copies of one sorted run's files, and what its numbers mean. */
export interface RunFiles {
  packed: readonly string[];
  people: readonly string[];
  codes: PackedCodes;
}

/** What columns are made of: sorted runs, and after them what is loose, where it is. */
export interface PackedSources {
  runs: readonly RunFiles[];
  loose: PackedCodes | undefined;
  /** Rows of the files of aliases, as they stand after `FROM`; absent where there are none. */
  aliases: string | undefined;
}

const paths = (files: readonly string[]): string => `[${listed(files.map(quoted))}]`;
const unionOf = (selects: readonly string[]): string => selects.join(' UNION ALL ');

const allCodes = ({ runs, loose }: PackedSources): PackedCodes[] => [
  ...runs.map(({ codes }) => codes),
  ...(loose ? [loose] : []),
];

/** What the numbers of all sources together mean. An empty text comes first. */
export const commonCodes = (sources: PackedSources): PackedCodes => {
  const all = (kind: keyof PackedCodes): string[] => [...new Set(allCodes(sources).flatMap(codes => codes[kind]))];
  return { types: all('types'), channels: all('channels'), currencies: all('currencies') };
};

/** Rows that tell, source by source, which common number each of its numbers is. */
export const codeRows = (sources: PackedSources, kind: keyof PackedCodes, common: PackedCodes): string => {
  const places = new Map(common[kind].map((text, place) => [text, place]));
  const rows = allCodes(sources).flatMap((codes, run) =>
    codes[kind].map((text, code) => `(${run}, ${code}, ${places.get(text)}, ${quoted(text)})`),
  );
  return `SELECT * FROM (VALUES ${listed(rows)}) AS codes(run, code, common, text)`;
};

/** The files of aliases, as they stand after `FROM`. */
export const aliasRows = (files: readonly string[], hot: readonly string[]): string | undefined => {
  const columns = `"profileId", version, life, "into"`;
  const typed = `{"profileId": 'VARCHAR', version: 'BIGINT', life: 'VARCHAR', "into": 'VARCHAR', "at": 'BIGINT'}`;
  const selects = [
    ...(files.length > 0 ? [`SELECT ${columns} FROM read_parquet(${paths(files)})`] : []),
    ...(hot.length > 0
      ? [
          `SELECT ${columns} FROM read_json(${paths(hot)}, format = 'newline_delimited', compression = 'gzip', columns = ${typed})`,
        ]
      : []),
  ];
  return selects.length === 0 ? undefined : `(${unionOf(selects)})`;
};

/**
 * Whom each number of a source means, as one number for all. Who was merged is whom they were merged into, followed to
 * the end of the way; who was erased is nobody. Numbers go with the order of ids.
 */
export const personRows = ({ runs, loose, aliases }: PackedSources): string => {
  const ofLoose = `SELECT ${runs.length} AS run, person, "profileId" AS "personId" FROM ${loosePeople}`;
  const named = unionOf([
    ...runs.map(({ people }, run) => `SELECT ${run} AS run, person, "personId" FROM read_parquet(${paths(people)})`),
    ...(loose ? [ofLoose] : []),
  ]);
  if (aliases === undefined) return numbered(named);
  return `WITH RECURSIVE newest AS (
      SELECT "profileId", arg_max(life, version) AS life, arg_max(coalesce("into", ''), version) AS target
      FROM ${aliases} AS told GROUP BY "profileId"
    ),
    gone AS (SELECT "profileId", target FROM newest WHERE life <> 'live'),
    way AS (
      SELECT "profileId", target, 0 AS hops FROM gone
      UNION ALL
      SELECT way."profileId", gone.target, hops + 1 FROM way JOIN gone ON way.target = gone."profileId" WHERE hops < 64
    ),
    moved AS (SELECT "profileId", arg_max(target, hops) AS target FROM way GROUP BY "profileId"),
    named AS (
      SELECT run, person, CASE WHEN moved."profileId" IS NULL THEN "personId" ELSE nullif(target, '') END AS "personId"
      FROM (${named}) AS own LEFT JOIN moved ON moved."profileId" = own."personId"
    )
    ${numbered('SELECT * FROM named WHERE "personId" IS NOT NULL')}`;
};

const numbered = (named: string): string =>
  `SELECT run, person, "personId", (dense_rank() OVER (ORDER BY "personId") - 1)::UINTEGER AS common FROM (${named})`;

export interface PackedTables {
  people: string;
  types: string;
  currencies: string;
  channels: string;
}

const columns = 'person, second, type, channel, currency, amount';

const runRows = (runs: readonly RunFiles[], tables: PackedTables): string[] => {
  let file = 0;
  const rows = runs.flatMap(({ packed }, run) =>
    packed.map(
      path =>
        `SELECT ${run} AS run, ${file++} AS file, file_row_number AS place, ${columns} FROM read_parquet(${quoted(path)}, file_row_number = true)`,
    ),
  );
  if (rows.length === 0) return [];
  const own = (table: string, name: string) =>
    `JOIN ${table} AS of_${name} ON of_${name}.run = packed.run AND of_${name}.code = packed.${name}`;
  return [
    `SELECT who.common AS person, second, of_type.common AS type, of_channel.common AS channel,
      of_currency.common AS currency, amount, file, place FROM (${unionOf(rows)}) AS packed
      JOIN ${tables.people} AS who ON who.run = packed.run AND who.person = packed.person
      ${own(tables.types, 'type')} ${own(tables.channels, 'channel')} ${own(tables.currencies, 'currency')}`,
  ];
};

/** They stand behind those of files, since they came later. */
const looseRows = (run: number, tables: PackedTables): string => {
  const own = (table: string, name: string, column: string) =>
    `JOIN ${table} AS of_${name} ON of_${name}.run = ${run} AND of_${name}.text = loose.${column}`;
  return `SELECT who.common AS person, ms // 1000 AS second, of_type.common AS type, of_channel.common AS channel,
      of_currency.common AS currency, amount, 2147483647 AS file, row_number() OVER (ORDER BY ms, "eventId") AS place
    FROM ${looseTable} AS loose JOIN ${loosePeople} AS own ON own."profileId" = loose."profileId"
    JOIN ${tables.people} AS who ON who.run = ${run} AND who.person = own.person
    ${own(tables.types, 'type', 'type')} ${own(tables.channels, 'channel', 'touch')}
    ${own(tables.currencies, 'currency', 'currency')}`;
};

const typed = (types: { type: string; amount: string }): string =>
  `person, second::UINTEGER AS second, type::${types.type} AS type, channel::UTINYINT AS channel,
    currency::UTINYINT AS currency, amount::${types.amount} AS amount`;

/** Every row of all sources, by person and time; rows of one second stay in the order of their file. */
export const packedRows = (
  { runs, loose }: PackedSources,
  tables: PackedTables,
  types: { type: string; amount: string },
): string => {
  const rows = unionOf([...runRows(runs, tables), ...(loose ? [looseRows(runs.length, tables)] : [])]);
  return `SELECT ${typed(types)} FROM (${rows}) ORDER BY person, second, file, place`;
};

/** A single run whose people are who they were needs no sorting: its rows as they stand. */
export const plainRows = (
  { runs, loose, aliases }: PackedSources,
  types: { type: string; amount: string },
): string | undefined => {
  const [run, ...others] = runs;
  if (!run || others.length > 0 || loose || aliases !== undefined) return undefined;
  return `SELECT ${typed(types)} FROM read_parquet(${paths(run.packed)})`;
};
