import { fieldKind } from '../../model/profile-fields.ts';
import { columnOfTag, type Promoted, placeOf, type SnapshotPlace } from '../../model/profile-snapshot.ts';
import { type Comparison, type Condition, isComparison, isGroup, type Operator, type Scalar } from '../condition.ts';
import { durationMs } from '../duration.ts';
import { instantOf } from '../instant-of.ts';
import { allOf, anyOf, sql } from './joined-statements.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Statement } from './statement.ts';

interface Terms {
  dialect: SqlDialect;
  promoted: Promoted;
  /** Epoch ms. */
  now: number;
}

const never = sql('false');

/**
 * Of whom does a condition hold, over the columns of the snapshot? As `matches` has it over the profile.
 *
 * @throws Error for what asks more than fields of profiles
 */
export const conditionSql = (condition: Condition, terms: Terms): Statement => {
  if (isComparison(condition)) return comparisonSql(condition, terms);
  if (!isGroup(condition)) throw new Error('the snapshot tells fields of profiles and nothing else');
  const parts = condition.conditions.map(part => conditionSql(part, terms));
  if (condition.operator === 'OR') return anyOf(parts);
  const all = allOf(parts);
  return condition.operator === 'AND' ? all : { text: `NOT coalesce(${all.text}, false)`, values: all.values };
};

/** A value as it stands in a column, and how it is compared with what is given; `undefined`: never equal, in no order. */
interface Operand {
  text: string;
  missing: string;
  given: (value: Scalar) => string | number | boolean | undefined;
  /** Of texts. */
  isText: boolean;
}

const comparisonSql = (comparison: Comparison, terms: Terms): Statement => {
  const place = placeOf(comparison.field, terms.promoted);
  if (!place) return never;
  if (place.kind === 'texts') return listSql(place.column, comparison, terms);
  if (place.kind === 'promoted') return promotedSql(place, comparison, terms);
  if (place.kind === 'custom') return customSql(place, comparison, terms);
  return scalarSql(operandOf(place, comparison.field, terms), comparison, terms);
};

type PlainPlace = Exclude<SnapshotPlace, { kind: 'promoted' | 'custom' }>;

const texts = (value: Scalar) => (typeof value === 'string' ? value : undefined);
const numbers = (value: Scalar) => (typeof value === 'number' ? value : undefined);
const flags = (value: Scalar) => (typeof value === 'boolean' ? value : undefined);

const operandOf = (place: PlainPlace, field: string, { dialect }: Terms): Operand => {
  if (place.kind === 'money') {
    const text = `coalesce(${place.exact}, ${place.cents} / 100.0)`;
    return { text, missing: `${place.cents} IS NULL`, given: numbers, isText: false };
  }
  const { column } = place;
  const missing = `${column} IS NULL`;
  if (place.kind === 'instant') {
    return { text: dialect.epochMilliseconds(column), missing, given: instantOf, isText: false };
  }
  if (place.kind === 'text' && fieldKind(field) === 'date') {
    const text = dialect.epochMilliseconds(`CAST(${column} AS TIMESTAMP)`);
    return { text, missing, given: instantOf, isText: false };
  }
  const given = place.kind === 'text' ? texts : place.kind === 'flag' ? flags : numbers;
  return { text: column, missing, given, isText: place.kind === 'text' };
};

const signs: Partial<Record<Operator, string>> = {
  '=': '=',
  '>': '>',
  '<': '<',
  '>=': '>=',
  '<=': '<=',
  before: '<',
  after: '>',
};

/** Comparisons that a missing value satisfies, by those that they deny. */
const denied: Partial<Record<Operator, Operator>> = { '!=': '=', not_in: 'in', not_exists: 'exists' };

const scalarSql = (operand: Operand, comparison: Comparison, terms: Terms): Statement => {
  const opposite = denied[comparison.operator];
  if (opposite) {
    const held = scalarSql(operand, { ...comparison, operator: opposite }, terms);
    return { text: `(${operand.missing} OR NOT ${held.text})`, values: held.values };
  }
  if (comparison.operator === 'exists') return sql(`NOT (${operand.missing})`);
  if (comparison.operator === 'within_last') return lastSql(operand, comparison, terms);
  const values = comparison.value === undefined ? [] : [comparison.value].flat();
  const given = values.map(operand.given).filter(value => value !== undefined);
  const [first, second] = given;
  if (first === undefined) return never;
  const sign = signs[comparison.operator];
  if (sign) return sql(`${operand.text} ${sign} ?`, first);
  if (comparison.operator === 'in') return sql(`${operand.text} IN (${given.map(() => '?').join(', ')})`, ...given);
  if (comparison.operator === 'between') {
    return second === undefined ? never : sql(`${operand.text} BETWEEN ? AND ?`, first, second);
  }
  return operand.isText ? partSql(operand.text, comparison.operator, String(first), terms) : never;
};

const lastSql = ({ text, given }: Operand, { value }: Comparison, { now }: Terms): Statement =>
  given === instantOf ? sql(`${text} BETWEEN ? AND ?`, now - (durationMs(value) ?? 0), now) : never;

/** A part of a text, whose case says nothing. */
const partSql = (text: string, operator: Operator, value: string, { dialect }: Terms): Statement => {
  const [lower, part] = [`lower(${text})`, value.toLowerCase()];
  if (operator === 'contains') return sql(dialect.contains(lower, '?'), part);
  if (operator === 'starts_with') return sql(`starts_with(${lower}, ?)`, part);
  return sql(`right(${lower}, ${[...part].length}) = ?`, part);
};

const listSql = (column: string, { operator, value }: Comparison, terms: Terms): Statement => {
  const { dialect, promoted } = terms;
  const values = value === undefined ? [] : [value].flat().filter(one => typeof one === 'string');
  const holds = (one: string): Statement => {
    const own = column === 'tags' ? columnOfTag(one, promoted) : undefined;
    return own === undefined ? sql(dialect.listContains(column, '?'), one) : sql(`coalesce(${own}, false)`);
  };
  const any = anyOf(values.map(holds));
  if (operator === 'contains' || operator === 'in') return any;
  if (operator === 'not_in') return { text: `(${column} IS NULL OR NOT ${any.text})`, values: any.values };
  if (operator === 'exists') return sql(`${column} IS NOT NULL`);
  if (operator === 'not_exists') return sql(`${column} IS NULL`);
  return operator === '!=' ? sql('true') : never;
};

type PromotedPlace = Extract<SnapshotPlace, { kind: 'promoted' }>;

/** A custom field holds what it is given: of its columns at most one has a value. */
const promotedSql = ({ text, number, flag, list }: PromotedPlace, comparison: Comparison, terms: Terms): Statement =>
  anyKindSql({ text, number, flag, list }, comparison, terms);

const customSql = (
  { column, name }: Extract<SnapshotPlace, { kind: 'custom' }>,
  comparison: Comparison,
  terms: Terms,
): Statement => {
  const json = terms.dialect.jsonMember(column, name);
  const plain = terms.dialect.jsonMemberText(column, name);
  const first = `substr(${json}, 1, 1)`;
  const places = {
    text: `CASE WHEN ${first} = '"' THEN ${plain} END`,
    number: `CASE WHEN ${first} NOT IN ('"', '[', 't', 'f') THEN TRY_CAST(${json} AS DOUBLE) END`,
    flag: `CASE WHEN ${json} IN ('true', 'false') THEN ${json} = 'true' END`,
    list: `CASE WHEN ${first} = '[' THEN ${json} END`,
  };
  return anyKindSql(places, comparison, terms);
};

interface KindColumns {
  text: string;
  number: string;
  flag: string;
  list: string;
}

const anyKindSql = ({ text, number, flag, list }: KindColumns, comparison: Comparison, terms: Terms): Statement => {
  const opposite = denied[comparison.operator];
  const missing = allOf([text, number, flag, list].map(column => sql(`${column} IS NULL`)));
  if (opposite) {
    if (opposite === 'exists') return missing;
    const held = anyKindSql({ text, number, flag, list }, { ...comparison, operator: opposite }, terms);
    return sql(`NOT coalesce(${held.text}, false)`, ...held.values);
  }
  if (comparison.operator === 'exists') return sql(`NOT ${missing.text}`);
  const operands: Operand[] = [
    { text, missing: `${text} IS NULL`, given: texts, isText: true },
    { text: number, missing: `${number} IS NULL`, given: numbers, isText: false },
    { text: flag, missing: `${flag} IS NULL`, given: flags, isText: false },
  ];
  const scalars = operands.map(operand => scalarSql(operand, comparison, terms));
  return anyOf([...scalars, inJsonList(list, comparison, terms)].filter(part => part !== never));
};

/** Whether a list in JSON text has one of some values; values that only look alike are told apart by what is around them. */
const inJsonList = (list: string, { operator, value }: Comparison, { dialect }: Terms): Statement => {
  if (operator !== 'contains' && operator !== 'in') return never;
  const inner = `replace(replace(${list}, '[', ','), ']', ',')`;
  const values = value === undefined ? [] : [value].flat();
  return anyOf(values.map(one => sql(dialect.contains(inner, '?'), `,${JSON.stringify(one)},`)));
};
