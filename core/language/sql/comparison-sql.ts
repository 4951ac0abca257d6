import type { Comparison, Operator, Scalar } from '../condition.ts';
import { durationMs } from '../duration.ts';
import { instantOf } from '../instant-of.ts';
import { lowered } from '../text-order.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { allOf, anyOf, bound, plain, type Sql, sql } from './sql-text.ts';

/** What a field may hold, kind by kind: SQL that is NULL where it holds none of that kind. */
export interface TypedSql {
  text?: string;
  /** An ISO date in a text, where every text is one. */
  dates?: boolean;
  number?: string;
  flag?: string;
  /** A timestamp. */
  instant?: string;
  /** A list of texts. */
  texts?: string;
  /** A list as JSON. */
  list?: string;
  /** Whether there is anything at all, where the kinds do not tell. */
  exists?: string;
}

interface Asked {
  held: TypedSql;
  dialect: SqlDialect;
  /** Epoch ms. */
  now: number;
}

const isoPattern =
  "'^\\d{4}-\\d{2}-\\d{2}([T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d([.]\\d{1,9})?)?(Z|[+-]([01]\\d|2[0-3]):?[0-5]\\d)?)?$'";

/** Milliseconds since 1970 of an ISO 8601 text, NULL for every other: the same as everywhere else. */
const instantOfText = (text: string, { patternGroup, matchesPattern, epochMilliseconds }: SqlDialect): string => {
  const group = (pattern: string, place: number) => patternGroup(text, pattern, place);
  const offset = "'([+-])(\\d{2}):?(\\d{2})$'";
  const hasTime = `length(${text}) > 10`;
  const time = `CASE WHEN ${hasTime} THEN substr(${text}, 12, 5) ELSE '00:00' END`;
  const seconds = `COALESCE(${group("':\\d{2}:(\\d{2})'", 1)}, '00')`;
  const at = `TRY_CAST(substr(${text}, 1, 10) || ' ' || ${time} || ':' || ${seconds} AS TIMESTAMP)`;
  const fraction = `CAST(rpad(substr(COALESCE(${group("'[.](\\d+)'", 1)}, '0'), 1, 3), 3, '0') AS BIGINT)`;
  const minutes = `(CAST(${group(offset, 2)} AS BIGINT) * 60 + CAST(${group(offset, 3)} AS BIGINT))`;
  const sign = `CASE WHEN ${group(offset, 1)} = '-' THEN -1 ELSE 1 END`;
  const ahead = `CASE WHEN ${hasTime} THEN COALESCE(${minutes} * (${sign}), 0) ELSE 0 END`;
  return `CASE WHEN ${matchesPattern(text, isoPattern)} THEN ${epochMilliseconds(at)} + ${fraction} - ${ahead} * 60000 END`;
};

type Order = '=' | '>' | '<' | '>=' | '<=';

/** How values of each kind stand to an expected one. */
const ordered = (order: Order, expected: Scalar | undefined, { held, dialect }: Asked): Sql => {
  const sign = plain(order);
  if (typeof expected === 'number')
    return held.number ? sql`${plain(held.number)} ${sign} ${expected}` : plain('FALSE');
  if (typeof expected === 'boolean') {
    return held.flag && order === '='
      ? sql`${plain(held.flag)} = ${plain(expected ? 'TRUE' : 'FALSE')}`
      : plain('FALSE');
  }
  if (typeof expected !== 'string') return plain('FALSE');
  const at = instantOf(expected);
  if (held.instant) {
    return at === undefined
      ? plain('FALSE')
      : sql`${plain(held.instant)} ${sign} ${plain(dialect.timestampOf(String(at)))}`;
  }
  if (!held.text) return plain('FALSE');
  const asText = sql`${plain(held.text)} ${sign} ${expected}`;
  if (at === undefined) return asText;
  const own = plain(instantOfText(held.text, dialect));
  return sql`CASE WHEN ${own} IS NOT NULL THEN ${own} ${sign} ${plain(String(at))} ELSE ${asText} END`;
};

const instantIn = ({ held, dialect }: Asked): string | undefined => {
  if (held.instant) return dialect.epochMilliseconds(held.instant);
  return held.text ? instantOfText(held.text, dialect) : undefined;
};

const inTime = (sign: '<' | '>', expected: Comparison['value'], asked: Asked): Sql => {
  const [own, at] = [instantIn(asked), instantOf(expected)];
  return own === undefined || at === undefined ? plain('FALSE') : plain(`${own} ${sign} ${at}`);
};

const withinLast = (expected: Comparison['value'], asked: Asked): Sql => {
  const [own, length] = [instantIn(asked), durationMs(expected)];
  if (own === undefined || length === undefined) return plain('FALSE');
  return plain(`${own} BETWEEN ${asked.now - length} AND ${asked.now}`);
};

const inText = (expected: Comparison['value'], { held }: Asked, test: (own: Sql, text: string) => Sql): Sql =>
  typeof expected === 'string' && held.text !== undefined
    ? test(plain(`lower(${held.text})`), lowered(expected))
    : plain('FALSE');

const endsWith = (own: Sql, text: string): Sql =>
  text === '' ? sql`${own} IS NOT NULL` : sql`substr(${own}, ${plain(String(-[...text].length))}) = ${text}`;

/** Is one of these values in a list? Where a field may hold JSON, that is looked into only where there is any. */
const memberOf = (values: readonly Scalar[], { held, dialect }: Asked): Sql => {
  const { texts, list } = held;
  const inTexts = texts === undefined ? [] : values.filter(value => typeof value === 'string');
  const inJson =
    list === undefined ? [] : [anyOf(values.map(value => repeated(dialect.jsonListContains(list, '?'), typed(value))))];
  return anyOf([
    ...inTexts.map(value => repeated(dialect.listContains(texts ?? '', '?'), typed(value))),
    ...inJson.map(holds => sql`CASE WHEN ${plain(`${list} IS NOT NULL`)} THEN ${holds} ELSE FALSE END`),
  ]);
};

const typed = (value: Scalar): Sql => {
  if (typeof value === 'boolean') return plain(value ? 'TRUE' : 'FALSE');
  return typeof value === 'number' ? sql`CAST(${value} AS DOUBLE)` : sql`CAST(${value} AS VARCHAR)`;
};

/** A value in every place of it in a text. */
const repeated = (text: string, { text: own, values }: Sql): Sql => {
  const count = text.split('?').length - 1;
  return { text: text.replaceAll('?', own), values: Array.from({ length: count }, () => values).flat() };
};

const scalarIn = (expected: Comparison['value']): Scalar | undefined =>
  Array.isArray(expected) ? undefined : expected;
const listIn = (expected: Comparison['value']): readonly Scalar[] => (Array.isArray(expected) ? expected : []);

const isThere = ({ text, number, flag, instant, texts, list, exists }: TypedSql): Sql => {
  const kinds = [text, number, flag, instant, texts, list].filter(kind => kind !== undefined);
  return exists === undefined ? anyOf(kinds.map(kind => plain(`${kind} IS NOT NULL`))) : plain(exists);
};

/** Texts that are no dates are held against all of them at once. */
const among = (expected: Comparison['value'], asked: Asked): Sql => {
  const values = listIn(expected);
  const { text } = asked.held;
  const words = text === undefined ? [] : values.filter(one => typeof one === 'string' && instantOf(one) === undefined);
  const others = values.filter(one => !words.includes(one));
  const places = words.map(() => '?').join(', ');
  return anyOf([
    ...(words.length === 0 ? [] : [bound(`COALESCE(${text} IN (${places}), FALSE)`, ...words)]),
    ...others.map(one => sql`COALESCE(${ordered('=', one, asked)}, FALSE)`),
    ...ifLists(values, asked),
  ]);
};

const ifLists = (values: readonly Scalar[], asked: Asked): Sql[] =>
  values.length === 0 || (asked.held.texts === undefined && asked.held.list === undefined)
    ? []
    : [sql`COALESCE(${memberOf(values, asked)}, FALSE)`];

const between = (expected: Comparison['value'], asked: Asked): Sql => {
  const [low, high] = listIn(expected);
  return allOf([ordered('>=', low, asked), ordered('<=', high, asked)]);
};

const not = (holds: Sql): Sql => sql`NOT COALESCE(${holds}, FALSE)`;

/** One line per operator; what is NULL does not hold. */
const written: Record<Operator, (expected: Comparison['value'], asked: Asked) => Sql> = {
  '=': (expected, asked) => ordered('=', scalarIn(expected), asked),
  '!=': (expected, asked) => not(ordered('=', scalarIn(expected), asked)),
  '>': (expected, asked) => ordered('>', scalarIn(expected), asked),
  '<': (expected, asked) => ordered('<', scalarIn(expected), asked),
  '>=': (expected, asked) => ordered('>=', scalarIn(expected), asked),
  '<=': (expected, asked) => ordered('<=', scalarIn(expected), asked),
  between,
  before: (expected, asked) => inTime('<', expected, asked),
  after: (expected, asked) => inTime('>', expected, asked),
  within_last: withinLast,
  contains: (expected, asked) =>
    anyOf([
      ...ifLists([scalarIn(expected) ?? ''], asked),
      inText(expected, asked, (own, text) => sql`COALESCE(strpos(${own}, ${text}) > 0, FALSE)`),
    ]),
  starts_with: (expected, asked) => inText(expected, asked, (own, text) => sql`starts_with(${own}, ${text})`),
  ends_with: (expected, asked) => inText(expected, asked, endsWith),
  in: among,
  not_in: (expected, asked) => not(among(expected, asked)),
  exists: (_, { held }) => isThere(held),
  not_exists: (_, { held }) => sql`NOT (${isThere(held)})`,
};

/** A comparison as SQL that is true or false, never NULL. */
export const comparisonSql = ({ operator, value }: Comparison, asked: Asked): Sql =>
  sql`COALESCE(${written[operator](value, asked)}, FALSE)`;
