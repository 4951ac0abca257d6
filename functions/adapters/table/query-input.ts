import type { Query } from '../../../core/ports/table.ts';
import { type Position, positionOf } from './cursor.ts';
import { Placeholders } from './placeholders.ts';

/** Above every character that a key may hold. */
const highest = '\u{10ffff}';

/**
 * The bounds of the sort key. A prefix is asked for as a range, not by `begins_with`, because the embedded engine's
 * `begins_with` takes `b` for `B`; a range is exact in both, for no key holds the highest character.
 */
const boundsOf = ({ prefix = '', from = '', to }: Query): { from: string; to?: string } => {
  if (prefix !== '') return { from: prefix, to: prefix + highest };
  return to === undefined ? { from } : { from, to };
};

const sortClause = (query: Query, placeholders: Placeholders): string => {
  const { from, to } = boundsOf(query);
  if (from === '' && to === undefined) return '';
  const name = placeholders.path(query.index ? 'lsk' : 'sk');
  if (to === undefined) return ` AND ${name} >= ${placeholders.value(from)}`;
  if (from === '') return ` AND ${name} <= ${placeholders.value(to)}`;
  return ` AND ${name} BETWEEN ${placeholders.value(from)} AND ${placeholders.value(to)}`;
};

const commonInput = (TableName: string, query: Query, placeholders: Placeholders) => ({
  TableName,
  ...(query.index && { IndexName: query.index }),
  KeyConditionExpression: `${placeholders.path(query.index ? 'lpk' : 'pk')} = ${placeholders.value(query.pk)}${sortClause(query, placeholders)}`,
  ScanIndexForward: query.descending !== true,
  ...(query.consistent && { ConsistentRead: true }),
});

/** The input of one page of a query. `limit` and `position` are those of this page, not of the whole query. */
export const queryInput = (
  tableName: string,
  query: Query,
  limit?: number,
  position: Position | undefined = positionOf(query),
) => {
  const placeholders = new Placeholders();
  return {
    ...commonInput(tableName, query, placeholders),
    ...(limit !== undefined && { Limit: limit }),
    ...(position && { ExclusiveStartKey: position }),
    ...placeholders.maps(),
  };
};

/**
 * The input of one page of a count. Expired items are left out by the database, except in the list index, which
 * holds keys only and so does not know them.
 */
export const countInput = (
  tableName: string,
  query: Query,
  nowSeconds: number,
  position: Position | undefined = positionOf(query),
) => {
  const placeholders = new Placeholders();
  const common = commonInput(tableName, query, placeholders);
  const ttl = query.index ? '' : placeholders.path('ttl');
  return {
    ...common,
    Select: 'COUNT' as const,
    ...(ttl && { FilterExpression: `attribute_not_exists(${ttl}) OR ${ttl} > ${placeholders.value(nowSeconds)}` }),
    ...(position && { ExclusiveStartKey: position }),
    ...placeholders.maps(),
  };
};
