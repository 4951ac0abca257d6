import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  dialectNames,
  jsonMembers,
  markedValue,
  type SqlDialect,
  sqlDialects,
} from '../../../../core/language/sql/sql-dialect.ts';
import { trinoMacros, useTrinoNames } from '../../../../functions/adapters/lake/athena/trino-macros.ts';

/** What is written, in both dialects, and what it gives. */
const table: [string, (sql: SqlDialect) => string, duckdb: string, athena: string, answer: unknown][] = [
  [
    'a value in a list',
    sql => sql.listContains('tags', "'vip'"),
    "list_contains(tags, 'vip')",
    "contains(tags, 'vip')",
    true,
  ],
  [
    'a value that is in none',
    sql => sql.listContains('tags', "'x'"),
    "list_contains(tags, 'x')",
    "contains(tags, 'x')",
    false,
  ],
  ['how long a list is', sql => sql.listLength('tags'), 'len(tags)', 'cardinality(tags)', 2],
  ['a part of a text', sql => sql.contains("'abc'", "'bc'"), "contains('abc', 'bc')", "strpos('abc', 'bc') > 0", true],
  [
    'a text in JSON as JSON',
    sql => sql.jsonMember('json', 'a.b'),
    `CAST(json_extract(json, '$."a.b"') AS VARCHAR)`,
    `json_format(json_extract(json, '$["a.b"]'))`,
    '"x"',
  ],
  [
    'a number in JSON as JSON',
    sql => sql.jsonMember('json', 'n'),
    `CAST(json_extract(json, '$."n"') AS VARCHAR)`,
    `json_format(json_extract(json, '$["n"]'))`,
    '5',
  ],
  [
    'a member that is not there',
    sql => sql.jsonMember('json', 'none'),
    `CAST(json_extract(json, '$."none"') AS VARCHAR)`,
    `json_format(json_extract(json, '$["none"]'))`,
    null,
  ],
  [
    'a text in JSON as it reads',
    sql => sql.jsonMemberText('json', 'with blank'),
    `json_extract_string(json, '$."with blank"')`,
    `json_extract_scalar(json, '$["with blank"]')`,
    'y',
  ],
  [
    'milliseconds of a time',
    sql => sql.epochMilliseconds('seen'),
    'epoch_ms(seen)',
    'CAST(round(to_unixtime(seen) * 1000) AS BIGINT)',
    1_771_156_800_123,
  ],
  [
    'a time of milliseconds',
    sql => `${sql.timestampOf('1771156800123')} = seen`,
    'epoch_ms(CAST(1771156800123 AS BIGINT)) = seen',
    'CAST(from_unixtime(CAST(1771156800123 AS DOUBLE) / 1000) AS TIMESTAMP) = seen',
    true,
  ],
  ['bits together', sql => sql.bitOr('bits'), 'bit_or(bits)', 'bitwise_or_agg(bits)', 7],
  ['a cut', sql => sql.percentile('bits', 0.5), 'quantile_disc(bits, 0.5)', 'approx_percentile(bits, 0.5)', 2],
  ['a day of the week', sql => sql.weekday('max(seen)'), 'isodow(max(seen))', 'day_of_week(max(seen))', 7],
  [
    'the last character',
    sql => sql.lastCharacter("'abcA'"),
    "unicode(right('abcA', 1))",
    "codepoint(CAST(substr('abcA', -1) AS VARCHAR(1)))",
    65,
  ],
  [
    'a pattern',
    sql => sql.matchesPattern("'abc'", "'^a'"),
    "regexp_matches('abc', '^a')",
    "regexp_like('abc', '^a')",
    true,
  ],
  [
    'a value among those of a list in JSON',
    sql => sql.jsonListContains(`'["a", 5, true]'`, "'a'"),
    `list_contains(${jsonMembers(`'["a", 5, true]'`)}, ${markedValue("'a'")})`,
    `json_array_contains('["a", 5, true]', 'a')`,
    true,
  ],
  [
    'a text that is no number of such a list',
    sql => sql.jsonListContains("'[5]'", "'5'"),
    `list_contains(${jsonMembers("'[5]'")}, ${markedValue("'5'")})`,
    "json_array_contains('[5]', '5')",
    false,
  ],
  [
    'a part of a text',
    sql => sql.patternGroup("'12:34'", "':([0-9]+)'", 1),
    "NULLIF(regexp_extract('12:34', ':([0-9]+)', 1), '')",
    "NULLIF(regexp_extract('12:34', ':([0-9]+)', 1), '')",
    '34',
  ],
  [
    'how many there are, about',
    sql => sql.approximateDistinct('bits'),
    'approx_count_distinct(bits)',
    'approx_distinct(bits)',
    3,
  ],
];

/** What nothing but Athena itself understands of what it is told. */
const onlyThere: [string, (sql: SqlDialect) => string, duckdb: string, athena: string, answer: unknown][] = [
  [
    'the values of an object',
    sql => sql.jsonValuesText('json'),
    "array_to_string(json_extract_string(json, '$.*'), ' ')",
    "array_join(transform(map_values(CAST(json_parse(json) AS MAP(VARCHAR, JSON))), v -> json_format(v)), ' ')",
    'x 5 y',
  ],
  [
    'texts line by line',
    sql => `(SELECT ${sql.lines('word')} FROM (VALUES ('a'), ('b')) AS told (word))`,
    "(SELECT string_agg(word, chr(10)) FROM (VALUES ('a'), ('b')) AS told (word))",
    "(SELECT array_join(array_agg(word), chr(10)) FROM (VALUES ('a'), ('b')) AS told (word))",
    'a\nb',
  ],
  [
    'rows that are told',
    sql =>
      `(SELECT string_agg(id || n, ' ') FROM ${sql.rowsOfJson(`'[{"id":"a","n":1},{"id":"b","n":2}]'`, { id: 'text', n: 'whole' })})`,
    `(SELECT string_agg(id || n, ' ') FROM (SELECT unnest(from_json('[{"id":"a","n":1},{"id":"b","n":2}]', '[{"id":"VARCHAR","n":"BIGINT"}]'), max_depth := 2)))`,
    `(SELECT string_agg(id || n, ' ') FROM UNNEST(CAST(json_parse('[{"id":"a","n":1},{"id":"b","n":2}]') AS ARRAY(ROW(id VARCHAR, n BIGINT)))) AS told (id, n))`,
    'a1 b2',
  ],
];

describe('the texts', () => {
  test.each([...table, ...onlyThere])('%s', (_name, write, duckdb, athena) => {
    expect(dialectNames.map(name => write(sqlDialects[name]))).toEqual([duckdb, athena]);
  });

  test('a quote in a name stays in the text', () => {
    for (const name of dialectNames) expect(sqlDialects[name].jsonMemberText('json', "it's")).toContain("it''s");
  });

  test('every function of the dialect is in the table', () => {
    const tried = new Set<string>();
    const watched = new Proxy(sqlDialects.duckdb, {
      get: (dialect, name) => {
        tried.add(String(name));
        return Reflect.get(dialect, name);
      },
    });
    for (const [, write] of [...table, ...onlyThere]) write(watched);
    expect([...tried].sort()).toEqual(
      Object.keys(sqlDialects.duckdb)
        .filter(name => name !== 'name')
        .sort(),
    );
  });
});

describe('what they give', () => {
  let duckdb: DuckDBInstance;
  beforeAll(async () => {
    duckdb = await DuckDBInstance.create(':memory:');
    const connection = await duckdb.connect();
    for (const macro of trinoMacros) await connection.run(macro);
    await connection.run(`CREATE TABLE data AS
      SELECT ['new', 'vip'] AS tags, '{"a.b":"x","n":5,"with blank":"y"}' AS json,
        TIMESTAMP '2026-02-15 12:00:00.123' AS seen, bits
      FROM (VALUES (1), (2), (4)) AS numbers(bits)`);
    connection.closeSync();
  });
  afterAll(() => duckdb.closeSync());

  const answerOf = async (text: string, setUp?: string): Promise<unknown> => {
    const connection = await duckdb.connect();
    if (setUp !== undefined) await connection.run(setUp);
    const [row] = (
      await connection.runAndReadAll(`SELECT any_value(answer) FROM (SELECT ${text} AS answer FROM data)`)
    ).getRowsJS();
    connection.closeSync();
    const [value] = row ?? [];
    return typeof value === 'bigint' ? Number(value) : value;
  };

  test.each(table)('%s: the same in DuckDB, and in Athena’s words', async (_name, write, _duckdb, _athena, answer) => {
    expect(await answerOf(write(sqlDialects.duckdb))).toBe(answer);
    expect(await answerOf(write(sqlDialects.athena), useTrinoNames)).toBe(answer);
  });

  test.each(onlyThere)('%s: in DuckDB', async (_name, write, _duckdb, _athena, answer) => {
    expect(await answerOf(write(sqlDialects.duckdb))).toBe(answer);
  });

  test('the words of Athena are known to nobody who has not asked for them', async () => {
    await expect(answerOf("json_format('1')")).rejects.toThrow('json_format');
    expect(await answerOf("len(json_extract(json, ['$.n', '$.\"a.b\"']))")).toBe(2);
  });
});
