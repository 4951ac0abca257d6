/** The engines that SQL is written for. What they have in common is written plainly; where they differ, by a function. */
export const dialectNames = ['duckdb', 'athena'] as const;
export type DialectName = (typeof dialectNames)[number];

/** What a column of rows that are told in JSON may hold. */
export type SqlType = 'text' | 'texts' | 'flag' | 'whole' | 'number';

/** What differs between the dialects: each function takes and gives text of SQL. */
export interface SqlDialect {
  name: DialectName;
  /** Is a value in a list? */
  listContains(list: string, value: string): string;
  listLength(list: string): string;
  /** Is a text, in which case counts, a part of another? */
  contains(text: string, part: string): string;
  /** The values of an object in JSON text, without their names, with a blank between. */
  jsonValuesText(json: string): string;
  /** Rows from a list of objects in JSON text, with these columns; it stands after `FROM`. */
  rowsOfJson(json: string, columns: Readonly<Record<string, SqlType>>): string;
  /** The member of an object in JSON text, as JSON text: a text in quotes, `true`, `[…]`; NULL where it is missing. */
  jsonMember(json: string, name: string): string;
  /** The same as it reads: a text without its quotes. */
  jsonMemberText(json: string, name: string): string;
  /** Is a value among the members of a list in JSON text? A text is never the same as a number. */
  jsonListContains(json: string, value: string): string;
  /** The first group of a pattern in a text, NULL where it does not match. */
  patternGroup(text: string, pattern: string, group: number): string;
  /** Milliseconds since 1970 of a timestamp (UTC). */
  epochMilliseconds(timestamp: string): string;
  /** The timestamp (UTC) of milliseconds since 1970. */
  timestampOf(epochMilliseconds: string): string;
  bitOr(value: string): string;
  /** The value below which the share (0–1) of all values is; Athena's is about right. */
  percentile(value: string, share: number): string;
  /** Monday is 1. */
  weekday(timestamp: string): string;
  matchesPattern(text: string, pattern: string): string;
  /** The code point of the last character of a text that is not empty. */
  lastCharacter(text: string): string;
  approximateDistinct(value: string): string;
  /** All texts of a group in one, each on a line of its own. */
  lines(text: string): string;
}

/** Names of custom fields have no quotes in them; what is written by hand might. */
const doubled = (text: string): string => text.replaceAll("'", "''");

const duckdbTypes: Record<SqlType, string> = {
  text: '"VARCHAR"',
  texts: '["VARCHAR"]',
  flag: '"BOOLEAN"',
  whole: '"BIGINT"',
  number: '"DOUBLE"',
};

const athenaTypes: Record<SqlType, string> = {
  text: 'VARCHAR',
  texts: 'ARRAY(VARCHAR)',
  flag: 'BOOLEAN',
  whole: 'BIGINT',
  number: 'DOUBLE',
};
/** The members of a list in JSON, each as a text that tells its kind, and the same of a value: for DuckDB. */
export const jsonMembers = (json: string): string =>
  `[CASE json_type(x) WHEN 'VARCHAR' THEN 's' || (x ->> '$') WHEN 'BOOLEAN' THEN 'b' || CAST(x AS VARCHAR) ELSE 'n' || CAST(TRY_CAST(x AS DOUBLE) AS VARCHAR) END FOR x IN CAST(${json} AS JSON[])]`;
export const markedValue = (value: string): string =>
  `CASE typeof(${value}) WHEN 'VARCHAR' THEN 's' || ${value} WHEN 'BOOLEAN' THEN 'b' || ${value} ELSE 'n' || CAST(TRY_CAST(${value} AS DOUBLE) AS VARCHAR) END`;

const duckdb: SqlDialect = {
  name: 'duckdb',
  listContains: (list, value) => `list_contains(${list}, ${value})`,
  listLength: list => `len(${list})`,
  contains: (text, part) => `contains(${text}, ${part})`,
  jsonValuesText: json => `array_to_string(json_extract_string(${json}, '$.*'), ' ')`,
  rowsOfJson: (json, columns) => {
    const members = Object.entries(columns).map(([name, type]) => `"${name}":${duckdbTypes[type]}`);
    return `(SELECT unnest(from_json(${json}, '[{${members.join()}}]'), max_depth := 2))`;
  },
  jsonMember: (json, name) => `CAST(json_extract(${json}, '$."${doubled(name)}"') AS VARCHAR)`,
  jsonMemberText: (json, name) => `json_extract_string(${json}, '$."${doubled(name)}"')`,
  jsonListContains: (json, value) => `list_contains(${jsonMembers(json)}, ${markedValue(value)})`,
  patternGroup: (text, pattern, group) => `NULLIF(regexp_extract(${text}, ${pattern}, ${group}), '')`,
  epochMilliseconds: timestamp => `epoch_ms(${timestamp})`,
  timestampOf: epochMilliseconds => `epoch_ms(CAST(${epochMilliseconds} AS BIGINT))`,
  bitOr: value => `bit_or(${value})`,
  percentile: (value, share) => `quantile_disc(${value}, ${share})`,
  weekday: timestamp => `isodow(${timestamp})`,
  matchesPattern: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
  lastCharacter: text => `unicode(right(${text}, 1))`,
  approximateDistinct: value => `approx_count_distinct(${value})`,
  lines: text => `string_agg(${text}, chr(10))`,
};

const athena: SqlDialect = {
  name: 'athena',
  listContains: (list, value) => `contains(${list}, ${value})`,
  listLength: list => `cardinality(${list})`,
  contains: (text, part) => `strpos(${text}, ${part}) > 0`,
  jsonValuesText: json =>
    `array_join(transform(map_values(CAST(json_parse(${json}) AS MAP(VARCHAR, JSON))), v -> json_format(v)), ' ')`,
  rowsOfJson: (json, columns) => {
    const [names, members] = [
      Object.keys(columns).join(', '),
      Object.entries(columns).map(([name, type]) => `${name} ${athenaTypes[type]}`),
    ];
    return `UNNEST(CAST(json_parse(${json}) AS ARRAY(ROW(${members.join(', ')})))) AS told (${names})`;
  },
  jsonMember: (json, name) => `json_format(json_extract(${json}, '$["${doubled(name)}"]'))`,
  jsonMemberText: (json, name) => `json_extract_scalar(${json}, '$["${doubled(name)}"]')`,
  jsonListContains: (json, value) => `json_array_contains(${json}, ${value})`,
  patternGroup: (text, pattern, group) => `NULLIF(regexp_extract(${text}, ${pattern}, ${group}), '')`,
  epochMilliseconds: timestamp => `CAST(round(to_unixtime(${timestamp}) * 1000) AS BIGINT)`,
  timestampOf: epochMilliseconds => `CAST(from_unixtime(CAST(${epochMilliseconds} AS DOUBLE) / 1000) AS TIMESTAMP)`,
  bitOr: value => `bitwise_or_agg(${value})`,
  percentile: (value, share) => `approx_percentile(${value}, ${share})`,
  weekday: timestamp => `day_of_week(${timestamp})`,
  matchesPattern: (text, pattern) => `regexp_like(${text}, ${pattern})`,
  lastCharacter: text => `codepoint(CAST(substr(${text}, -1) AS VARCHAR(1)))`,
  approximateDistinct: value => `approx_distinct(${value})`,
  lines: text => `array_join(array_agg(${text}), chr(10))`,
};

export const sqlDialects: Readonly<Record<DialectName, SqlDialect>> = { duckdb, athena };
