import { type Promoted, placeOf, type SnapshotPlace } from '../../model/profile-snapshot.ts';
import type { Bounds, Comparison, Condition, EventCondition, SequenceCondition } from '../condition.ts';
import { isComparison, isGroup } from '../condition.ts';
import { durationMs } from '../duration.ts';
import { comparisonSql, type TypedSql } from './comparison-sql.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { allOf, anyOf, plain, type Sql, sql } from './sql-text.ts';
import { typedJson } from './typed-json.ts';

export interface ConditionContext {
  dialect: SqlDialect;
  promoted: Promoted;
  /** The column that names the profile. */
  id: string;
  /**
   * All events, as it stands after `FROM`: `profile_id`, `event_id`, `type`, `happened_at` (epoch ms), `source` and `properties`
   * (JSON); absent where nothing is asked of them.
   */
  events?: string;
  /** Who was put into segments by hand, as it stands after `FROM`: `profile_id` and `segment_id`. */
  members?: string;
  /** Epoch ms. */
  now: number;
}

/**
 * A condition as SQL over the snapshot of profiles: true or false of every row, never NULL.
 * @throws Error where it asks of events, or of hands, and the context has no such relation
 */
export const conditionSql = (condition: Condition, context: ConditionContext): Sql => {
  if (isGroup(condition)) {
    const parts = condition.conditions.map(part => conditionSql(part, context));
    if (condition.operator === 'NOT') return sql`NOT ${anyOf(parts)}`;
    return condition.operator === 'AND' ? allOf(parts) : anyOf(parts);
  }
  if (isComparison(condition)) return comparisonSql(condition, { ...context, held: heldBy(condition, context) });
  if ('segment' in condition) return inSegment(condition.segment, context);
  if ('event' in condition) return eventsSql(condition, context);
  return 'sequence' in condition ? sequenceSql(condition, context) : plain('FALSE');
};

const heldBy = ({ field }: Comparison, { promoted, dialect }: ConditionContext): TypedSql => {
  const place = placeOf(field, promoted);
  return place ? held(place, dialect) : {};
};

/** What the columns of a field hold. */
const held = (place: SnapshotPlace, dialect: SqlDialect): TypedSql => {
  switch (place.kind) {
    case 'money':
      return { number: `COALESCE(${place.exact}, CAST(${place.cents} AS DOUBLE) / 100)` };
    case 'promoted': {
      const { text, number, flag, list } = place;
      return { text, number, flag, list };
    }
    case 'custom':
      return typedJson(place.column, [place.name], dialect);
    default:
      return { [place.kind]: place.column };
  }
};

/** Nothing is asked of a relation that is not there: an answer without it would be a wrong one. */
const supplied = (relation: string | undefined, what: string): string => {
  if (relation === undefined) throw new Error(`the condition asks of ${what}, and no such relation was supplied`);
  return relation;
};

const inSegment = (segmentId: string, { members, id }: ConditionContext): Sql =>
  sql`${plain(id)} IN (SELECT profile_id FROM ${plain(supplied(members, 'members'))} WHERE segment_id = ${segmentId})`;

/** What an event must be, of the columns of a relation. */
const isMeant = (
  { event, where }: { event: string; where?: Condition | undefined },
  relation: string,
  context: ConditionContext,
): Sql => {
  const ofType = sql`${plain(`${relation}.type`)} = ${event}`;
  return where === undefined ? ofType : allOf([ofType, whereSql(where, relation, context)]);
};

const whereSql = (where: Condition, relation: string, context: ConditionContext): Sql => {
  if (isComparison(where)) {
    const [root, ...path] = where.field.split('.');
    const heldIn: TypedSql =
      root === 'properties'
        ? typedJson(`${relation}.properties`, path, context.dialect)
        : { text: `${relation}.source` };
    return comparisonSql(where, { ...context, held: heldIn });
  }
  if (!isGroup(where)) return plain('FALSE');
  const parts = where.conditions.map(part => whereSql(part, relation, context));
  if (where.operator === 'NOT') return sql`NOT ${anyOf(parts)}`;
  return where.operator === 'AND' ? allOf(parts) : anyOf(parts);
};

const inWindow = (timeWindow: string | number | undefined, relation: string, { now }: ConditionContext): Sql[] => {
  const length = durationMs(timeWindow);
  return length === undefined ? [] : [plain(`${relation}.happened_at BETWEEN ${now - length} AND ${now}`)];
};

const boundsSql = (value: string, { min, max }: Bounds): Sql =>
  allOf([
    ...(min === undefined ? [] : [plain(`${value} >= ${min}`)]),
    ...(max === undefined ? [] : [plain(`${value} <= ${max}`)]),
  ]);

const holdsOfNothing = (bounds: Bounds | undefined): boolean =>
  bounds === undefined || ((bounds.min ?? 0) <= 0 && (bounds.max ?? 0) >= 0);

/** Whoever has no such event stands in no group: where that is right, those are left out of whom it is not. */
const eventsSql = (condition: EventCondition, context: ConditionContext): Sql => {
  const { id, dialect } = context;
  const events = supplied(context.events, 'events');
  const { sum, timeWindow } = condition;
  const count = condition.count ?? (sum ? undefined : { min: 1 });
  const [relation, path] = ['e', ['properties', ...(sum?.property ?? 'amount').split('.')]];
  const where = allOf([isMeant(condition, relation, context), ...inWindow(timeWindow, relation, context)]);
  const total = `COALESCE(sum(${amountSql(`${relation}.properties`, path.slice(1), dialect)}), 0)`;
  const having = allOf([...(count ? [boundsSql('count(*)', count)] : []), ...(sum ? [boundsSql(total, sum)] : [])]);
  const from = (test: Sql) =>
    sql`(SELECT ${plain(relation)}.profile_id FROM ${plain(`${events} AS ${relation}`)} WHERE ${where} GROUP BY ${plain(relation)}.profile_id HAVING ${test})`;
  return holdsOfNothing(count) && holdsOfNothing(sum)
    ? sql`${plain(id)} NOT IN ${from(sql`NOT ${having}`)}`
    : sql`${plain(id)} IN ${from(having)}`;
};

/** What a property adds to a sum: a number, or a decimal that is written as text. */
const amountSql = (properties: string, path: readonly string[], dialect: SqlDialect): string => {
  const object = path.slice(0, -1).reduce((inside, part) => dialect.jsonMember(inside, part), properties);
  const text = dialect.jsonMemberText(object, path.at(-1) ?? '');
  return `CASE WHEN ${dialect.matchesPattern(text, "'^-?\\d{1,18}([.]\\d{1,10})?$'")} THEN CAST(${text} AS DECIMAL(38,10)) END`;
};

/** One relation for each step, each after the one before it. */
const sequenceSql = ({ sequence, within, timeWindow }: SequenceCondition, context: ConditionContext): Sql => {
  const { id } = context;
  const events = supplied(context.events, 'events');
  const name = (place: number) => `e${place}`;
  const last = name(sequence.length - 1);
  const length = durationMs(within);
  const tests = sequence.flatMap((step, place) => {
    const own = name(place);
    const before = name(place - 1);
    const after = `${own}.profile_id = ${before}.profile_id AND (${own}.happened_at > ${before}.happened_at OR (${own}.happened_at = ${before}.happened_at AND ${own}.event_id > ${before}.event_id))`;
    return [isMeant(step, own, context), ...inWindow(timeWindow, own, context), ...(place === 0 ? [] : [plain(after)])];
  });
  const limits = length === undefined ? [] : [plain(`${last}.happened_at - ${name(0)}.happened_at <= ${length}`)];
  const from = sequence.map((_, place) => `${events} AS ${name(place)}`).join(', ');
  return sql`${plain(id)} IN (SELECT ${plain(name(0))}.profile_id FROM ${plain(from)} WHERE ${allOf([...tests, ...limits])})`;
};
