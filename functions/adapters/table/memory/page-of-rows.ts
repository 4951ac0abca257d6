import type { Item, Page, Query } from '../../../../core/ports/table.ts';
import { compareBytes } from '../compare-bytes.ts';
import { cursorAfter, type Position, positionOf } from '../cursor.ts';
import { inRange } from '../query-range.ts';
import { itemSizeBytes } from './item-size.ts';

const pageBytesMax = 1024 * 1024;

type Row = Item | Position;

const sortKeyOf = ({ index }: Query, row: Row): string => String(index ? row.lsk : row.sk);

/** The order of a query's answer; rows of the list index with equal `lsk` follow their keys. */
const order = (query: Query) => {
  const sign = query.descending ? -1 : 1;
  return (left: Row, right: Row): number =>
    sign *
    (compareBytes(sortKeyOf(query, left), sortKeyOf(query, right)) ||
      compareBytes(left.pk, right.pk) ||
      compareBytes(left.sk, right.sk));
};

/** How many of the rows fill one page: `limit` of them or, without a limit, a megabyte. */
const fitting = (rows: Item[], limit: number | undefined): number => {
  if (limit !== undefined) return Math.min(limit, rows.length);
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    bytes += itemSizeBytes(row);
    if (bytes > pageBytesMax) return Math.max(index, 1);
  }
  return rows.length;
};

/** The rows of one partition that a query asks for, in its order, from its cursor on. */
export const rowsOf = (rows: Iterable<Item>, query: Query): Item[] => {
  const compare = order(query);
  const position = positionOf(query);
  const wanted = [...rows].filter(row => inRange(query, sortKeyOf(query, row)));
  return wanted.filter(row => position === undefined || compare(row, position) > 0).sort(compare);
};

/** One page of the rows of one partition. */
export const pageOfRows = (rows: Iterable<Item>, query: Query): Page => {
  const found = rowsOf(rows, query);
  const items = found.slice(0, fitting(found, query.limit));
  const last = items.at(-1);
  return last && items.length < found.length ? { items, next: cursorAfter(query, last) } : { items };
};
