import { fieldClassAt } from '../contract/field-class-at.ts';
import type { StoredSegment } from '../contract/segments.ts';
import { Problem, unprocessable } from '../errors.ts';
import { isComparison, leavesOf } from '../language/condition.ts';
import { conditionSql } from '../language/sql/condition-sql.ts';
import type { Question } from '../language/sql/question.ts';
import type { SqlDialect } from '../language/sql/sql-dialect.ts';
import type { FieldPolicy } from '../model/caller.ts';
import { leftOut } from '../model/people-groups.ts';
import { Profile } from '../model/profile.ts';
import { type Promoted, placeOf } from '../model/profile-snapshot.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { sees } from './seen-fields.ts';
import { conditionOf } from './segment-indexes.ts';

/** Whom an analysis is about, and what it is divided by. */
export interface PeopleWanted {
  segmentId?: string | undefined;
  /** The dotted path of a field of profiles. */
  breakdown?: string | undefined;
}

/** People by group; everybody else is in the group `others`. */
export interface ChosenPeople {
  /** What the groups are called. */
  names: string[];
  idsOf: string[][];
  others: number;
}

export interface ChoosingTools {
  segments: Pick<Collection<StoredSegment>, 'get'>;
  memberships: Pick<MembershipStore, 'members'>;
  queryEngine: QueryEngine;
  now: () => Date;
}

/** As many values are told apart; all others are one. */
const valuesMax = 10;
const [otherValues, noValue] = ['(other)', '(none)'];
const pageSize = 1000;

interface Choosing extends Pick<QuestionBudget, 'reading'> {
  /** Where the request names them: `body` or `query`. */
  part: string;
  fieldPolicy: FieldPolicy;
}

/** @throws Problem `FORBIDDEN` for a field that the caller may not see @throws Problem `VALIDATION_FAILED` for none */
export const checkBreakdown = (path: string, { part, fieldPolicy }: Pick<Choosing, 'part' | 'fieldPolicy'>): void => {
  if (columnOf(path, { fields: [], tags: [] }, undefined) === undefined)
    throw unprocessable(`${part}.breakdown`, `there is no field ${path} that profiles could be told apart by`);
  if (sees(fieldPolicy)(path)) return;
  const reason = `is a field (${fieldClassAt(Profile, path)}) that you may not see`;
  throw new Problem('FORBIDDEN', `${part}.breakdown: ${reason}`, [{ path: `${part}.breakdown`, reason }]);
};

/** The field as text, in SQL; `undefined` where there is none, or where it is no text. */
const columnOf = (path: string, promoted: Promoted, dialect: SqlDialect | undefined): string | undefined => {
  const place = placeOf(path, promoted);
  if (place?.kind === 'text') return place.column;
  if (place?.kind === 'flag') return `CAST(${place.column} AS VARCHAR)`;
  if (place?.kind === 'promoted') return `coalesce(${place.text}, CAST(${place.flag} AS VARCHAR))`;
  if (place?.kind === 'custom') return dialect?.jsonMemberText(place.column, place.name) ?? '';
  return undefined;
};

const linesIn = (text: unknown): string[] => (typeof text === 'string' && text !== '' ? text.split('\n') : []);

/** Everybody in a segment: by what it asks of fields; where it asks more, or nothing, as its members stand. */
const membersOf = async (segmentId: string, choosing: Choosing, tools: ChoosingTools): Promise<string[]> => {
  const segment = await tools.segments.get(segmentId);
  if (!segment) throw unprocessable(`${choosing.part}.segmentId`, `there is no segment ${segmentId}`);
  const condition = segment.type === 'manual' ? undefined : conditionOf(segment);
  if (!condition || !leavesOf(condition).every(isComparison)) return everyMember(segmentId, tools);
  const now = tools.now().getTime();
  const question: Question = (dialect, { text, promoted }) => {
    const held = conditionSql(condition, { dialect, promoted, id: 'id', now });
    return { text: `SELECT ${dialect.lines('id')} AS ids FROM ${text} WHERE ${held.text}`, values: held.values };
  };
  const { budgetSeconds, signal } = choosing.reading();
  const { rows } = await tools.queryEngine.ask(question, budgetSeconds, signal);
  return linesIn(rows[0]?.ids);
};

const everyMember = async (segmentId: string, { memberships }: ChoosingTools): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await memberships.members(segmentId, pageSize, cursor);
    ids.push(...page.members.map(({ profileId }) => profileId));
    cursor = page.next;
  } while (cursor !== undefined);
  return ids;
};

interface Valued {
  name: string;
  ids: string[];
}

/** Who has which value of a field, the most frequent first. */
const byValue = async (path: string, choosing: Choosing, { queryEngine }: ChoosingTools): Promise<Valued[]> => {
  const question: Question = (dialect, { text, promoted }) => ({
    text: `SELECT ${columnOf(path, promoted, dialect)} AS value, count(*) AS people, ${dialect.lines('id')} AS ids
      FROM ${text} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${valuesMax}`,
    values: [],
  });
  const { budgetSeconds, signal } = choosing.reading();
  const { rows } = await queryEngine.ask(question, budgetSeconds, signal);
  return rows.map(({ value, ids }) => ({ name: value === null ? noValue : String(value), ids: linesIn(ids) }));
};

/**
 * Whom an analysis is about; `undefined` where that is everybody.
 *
 * @throws Problem `VALIDATION_FAILED` @throws Problem `FORBIDDEN` @throws QueryOverBudget
 */
export const chosenPeople = async (
  { segmentId, breakdown }: PeopleWanted,
  choosing: Choosing,
  tools: ChoosingTools,
): Promise<ChosenPeople | undefined> => {
  if (breakdown !== undefined) checkBreakdown(breakdown, choosing);
  const members = segmentId === undefined ? undefined : await membersOf(segmentId, choosing, tools);
  if (breakdown === undefined) return members && { names: ['all'], idsOf: [members], others: leftOut };
  const values = await byValue(breakdown, choosing, tools);
  const names = [...values.map(({ name }) => name), otherValues];
  if (!members) return { names, idsOf: values.map(({ ids }) => ids), others: values.length };
  const inside = new Set(members);
  const own = values.map(({ ids }) => ids.filter(id => inside.has(id)));
  for (const id of own.flat()) inside.delete(id);
  return { names, idsOf: [...own, [...inside]], others: leftOut };
};
