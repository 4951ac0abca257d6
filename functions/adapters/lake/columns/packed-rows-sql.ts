import type { PackedCodes } from '../../../../core/model/packed-columns.ts';
import { listed, quoted } from '../snapshot/snapshot-columns-sql.ts';

/** The copies of one sorted run's files, and what its numbers mean. */
export interface RunFiles {
  packed: readonly string[];
  people: readonly string[];
  codes: PackedCodes;
}

const paths = (files: readonly string[]): string => `[${listed(files.map(quoted))}]`;
const unionOf = (selects: readonly string[]): string => selects.join(' UNION ALL ');

/** What the numbers of all runs together mean. */
export const commonCodes = (runs: readonly RunFiles[]): PackedCodes => {
  const all = (kind: keyof PackedCodes): string[] => [...new Set(runs.flatMap(({ codes }) => codes[kind]))];
  return { types: all('types'), channels: all('channels'), currencies: all('currencies') };
};

/** Rows that tell, run by run, which common number each of its numbers is. */
export const codeRows = (runs: readonly RunFiles[], kind: keyof PackedCodes, common: PackedCodes): string => {
  const rows = runs.flatMap(({ codes }, run) =>
    codes[kind].map((text, code) => `(${run}, ${code}, ${common[kind].indexOf(text)})`),
  );
  return `SELECT * FROM (VALUES ${listed(rows)}) AS codes(run, code, common)`;
};

/**
 * Whom each number of a run means, as one number for all runs. Who was merged is whom they were merged into, followed
 * to the end of the way; who was erased is nobody.
 */
export const personRows = (runs: readonly RunFiles[], aliases: readonly string[]): string => {
  const named = unionOf(
    runs.map(({ people }, run) => `SELECT ${run} AS run, person, "personId" FROM read_parquet(${paths(people)})`),
  );
  if (aliases.length === 0) return numbered(named);
  return `WITH RECURSIVE newest AS (
      SELECT "profileId", arg_max(life, version) AS life, arg_max(coalesce("into", ''), version) AS target
      FROM read_parquet(${paths(aliases)}) GROUP BY "profileId"
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

/** Every row of all runs, by person and time; rows of one second stay in the order of their file. */
export const packedRows = (
  runs: readonly RunFiles[],
  tables: { people: string; types: string; currencies: string; channels: string },
  types: { type: string; amount: string },
): string => {
  let file = 0;
  const rows = unionOf(
    runs.flatMap(({ packed }, run) =>
      packed.map(
        path => `SELECT ${run} AS run, ${file++} AS file, file_row_number AS place, person, second, type, channel, currency, amount
          FROM read_parquet(${quoted(path)}, file_row_number = true)`,
      ),
    ),
  );
  const own = (table: string, name: string) =>
    `JOIN ${table} AS of_${name} ON of_${name}.run = packed.run AND of_${name}.code = packed.${name}`;
  return `SELECT who.common AS person, second::UINTEGER AS second, of_type.common::${types.type} AS type,
      of_channel.common::UTINYINT AS channel, of_currency.common::UTINYINT AS currency, amount::${types.amount} AS amount
    FROM (${rows}) AS packed
    JOIN ${tables.people} AS who ON who.run = packed.run AND who.person = packed.person
    ${own(tables.types, 'type')} ${own(tables.channels, 'channel')} ${own(tables.currencies, 'currency')}
    ORDER BY who.common, second, file, place`;
};
