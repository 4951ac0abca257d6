import { Problem } from '../../../core/errors.ts';
import type { Item, Query } from '../../../core/ports/table.ts';
import { inRange } from './query-range.ts';

/** The position in a query: the key of the last item seen, with the index key when the query reads the index. */
export type Position = { pk: string; sk: string; lpk?: string; lsk?: string };

const names = { table: ['pk', 'sk'], list: ['pk', 'sk', 'lpk', 'lsk'] } as const;

const malformed = (): Problem => {
  const reason = 'is not a cursor of this list; start again without it';
  return new Problem('INVALID_REQUEST', `query.cursor ${reason}`, [{ path: 'query.cursor', reason }]);
};

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw Object.assign(malformed(), { cause });
  }
};

/** The cursor behind an item of this query's answer. */
export const cursorAfter = (query: Query, item: Item): string => {
  const position = Object.fromEntries(names[query.index ?? 'table'].map(name => [name, item[name]]));
  return Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
};

/**
 * Where a query goes on, from its `after`.
 *
 * @throws Problem INVALID_REQUEST when the cursor is malformed or belongs to another partition, index or range
 */
export const positionOf = (query: Query): Position | undefined => {
  if (query.after === undefined) return undefined;
  const value = parsed(query.after);
  const wanted = names[query.index ?? 'table'];
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== wanted.length) throw malformed();
  const members = value as Record<string, unknown>;
  if (wanted.some(name => typeof members[name] !== 'string' || members[name] === '')) throw malformed();
  const position = members as Position;
  if ((query.index ? position.lpk : position.pk) !== query.pk) throw malformed();
  if (!inRange(query, (query.index ? position.lsk : position.sk) ?? '')) throw malformed();
  return position;
};
