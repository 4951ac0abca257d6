import { listPartitions, type ProfilePage } from '../../../core/ports/profile-store.ts';
import type { Item, Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const idIn = ({ lsk }: Item): string => String(lsk).slice(String(lsk).indexOf('#') + 1);

/**
 * The newest of many partitions, merged by sort key. The cursor is the sort key of the last one shown, which is good in
 * every partition.
 */
export const newestOf = async (
  table: Table,
  partitions: readonly string[],
  limit: number,
  cursor?: string,
  offset = 0,
  { from, to }: { from?: string; to?: string } = {},
): Promise<{ items: Item[]; next?: string }> => {
  const wanted = offset + limit + 2;
  const last = [cursor, to].filter(bound => bound !== undefined).sort()[0];
  const range = { ...(from === undefined ? {} : { from }), ...(last === undefined ? {} : { to: last }) };
  const pages = await Promise.all(
    partitions.map(pk => table.query({ index: 'list', pk, descending: true, limit: wanted, ...range })),
  );
  const items = pages
    .flatMap(page => page.items)
    .filter(item => item.lsk !== cursor)
    .sort((left, right) => (String(left.lsk) < String(right.lsk) ? 1 : -1));
  const shown = items.slice(offset, offset + limit);
  const lowest = shown.at(-1);
  return items.length > offset + limit && lowest ? { items: shown, next: String(lowest.lsk) } : { items: shown };
};

/** The same from the other end. */
const oldestOf = async (
  table: Table,
  partitions: readonly string[],
  limit: number,
  cursor?: string,
  offset = 0,
): Promise<{ items: Item[]; next?: string }> => {
  const range = cursor === undefined ? {} : { from: cursor };
  const wanted = offset + limit + 2;
  const pages = await Promise.all(partitions.map(pk => table.query({ index: 'list', pk, limit: wanted, ...range })));
  const items = pages
    .flatMap(page => page.items)
    .filter(item => item.lsk !== cursor)
    .sort((left, right) => (String(left.lsk) < String(right.lsk) ? -1 : 1));
  const shown = items.slice(offset, offset + limit);
  const highest = shown.at(-1);
  return items.length > offset + limit && highest ? { items: shown, next: String(highest.lsk) } : { items: shown };
};

const everyPartition = Array.from({ length: listPartitions }, (_, partition) => partition);

/** Profiles, newest first, or oldest first. */
export const listProfileIds = async (
  table: Table,
  limit: number,
  cursor?: string,
  offset?: number,
  oldestFirst = false,
): Promise<ProfilePage> => {
  const listed = oldestFirst ? oldestOf : newestOf;
  const { items, next } = await listed(table, everyPartition.map(keys.personPartition), limit, cursor, offset);
  return { ids: items.map(idIn), ...(next === undefined ? {} : { next }) };
};

/** One partition of all profiles, oldest first. */
export const listPartitionIds = async (
  table: Table,
  partition: number,
  limit: number,
  after?: string,
): Promise<ProfilePage> => {
  const query = { index: 'list' as const, pk: keys.personPartition(partition), limit };
  const page = await table.query(after === undefined ? query : { ...query, after });
  return { ids: page.items.map(idIn), ...(page.next === undefined ? {} : { next: page.next }) };
};
