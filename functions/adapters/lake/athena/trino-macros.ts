import { jsonMembers, markedValue } from '../../../../core/language/sql/sql-dialect.ts';

/** Paths of JSON as DuckDB has them, from those of Trino. */
const path = `replace(replace(p, '$["', '$."'), '"]', '"')`;

/**
 * The functions that the Athena dialect calls, under the names that Trino gives them, for DuckDB: where there is no
 * Athena, its statements run word for word. They stand in a schema of their own and hide nothing of DuckDB from others.
 */
export const trinoMacros: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS trino',
  'CREATE OR REPLACE MACRO trino.contains(l, v) AS list_contains(l, v)',
  'CREATE OR REPLACE MACRO trino.cardinality(l) AS len(l)',
  `CREATE OR REPLACE MACRO trino.json_extract(j, p) AS system.main.json_extract(j, ${path})`,
  `CREATE OR REPLACE MACRO trino.json_extract_scalar(j, p) AS system.main.json_extract_string(j, ${path})`,
  'CREATE OR REPLACE MACRO trino.json_format(j) AS CAST(j AS VARCHAR)',
  `CREATE OR REPLACE MACRO trino.json_array_contains(j, v) AS list_contains(${jsonMembers('j')}, ${markedValue('v')})`,
  'CREATE OR REPLACE MACRO trino.to_unixtime(t) AS epoch(t)',
  'CREATE OR REPLACE MACRO trino.from_unixtime(s) AS make_timestamp(CAST(round(s * 1000000) AS BIGINT))',
  'CREATE OR REPLACE MACRO trino.bitwise_or_agg(x) AS bit_or(x)',
  'CREATE OR REPLACE MACRO trino.approx_percentile(x, p) AS quantile_disc(x, p)',
  'CREATE OR REPLACE MACRO trino.day_of_week(t) AS isodow(t)',
  'CREATE OR REPLACE MACRO trino.regexp_like(t, p) AS regexp_matches(t, p)',
  'CREATE OR REPLACE MACRO trino.codepoint(t) AS unicode(t)',
  'CREATE OR REPLACE MACRO trino.strpos(t, p) AS system.main.strpos(t, p)',
  'CREATE OR REPLACE MACRO trino.approx_distinct(x) AS approx_count_distinct(x)',
];

/** Makes the names known to one connection. */
export const useTrinoNames = "SET search_path = 'trino,main'";
