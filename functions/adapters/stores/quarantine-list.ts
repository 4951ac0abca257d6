import {
  type HeldEntry,
  type LeavingEntry,
  type QuarantinedEntry,
  type QuarantineFilter,
  quarantinePartitions,
} from '../../../core/ports/quarantine.ts';
import type { Item, Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { newestOf } from './profile-list.ts';
import { entryIn, isKept, isListedAs, listedIn, quarantinedDays } from './quarantine-items.ts';

const everyPartition = Array.from({ length: quarantinePartitions }, (_, partition) => partition);
/** With a filter so many keys are looked at at once, and so many times in one request. */
const [keysAtOnce, looksMax] = [500, 4];

type ListQuery = QuarantineFilter & { limit: number; cursor?: string | undefined };

/** Newest first. What is filtered by stands in the index, so that only what is shown is read. */
export const listQuarantined = async (
  table: Table,
  query: ListQuery,
): Promise<{ items: (HeldEntry | LeavingEntry)[]; next?: string }> => {
  const { rows, next } = await fittingRows(table, query);
  const read = await table.getMany(
    rows.map(({ pk, sk }) => ({ pk, sk })),
    true,
  );
  const byId = new Map(read.map(entryIn).map(entry => [entry.id, entry]));
  const entries = rows.flatMap(({ sk }) => byId.get(sk) ?? []).filter(isKept);
  const items = entries.filter(({ reason, event }) => fits({ reason, type: event.type }, query));
  return { items, ...(next === undefined ? {} : { next }) };
};

const fittingRows = async (table: Table, query: ListQuery): Promise<{ rows: Item[]; next?: string | undefined }> => {
  const { limit, cursor } = query;
  const isFiltered = query.reason !== undefined || query.type !== undefined;
  const lists = everyPartition.map(keys.quarantinePartition);
  const found: Item[] = [];
  let place = cursor;
  for (let looks = 0; looks < looksMax && found.length < limit; looks += 1) {
    const page = await newestOf(table, lists, isFiltered ? keysAtOnce : limit, place, 0, boundsOf(query));
    found.push(...page.items.filter(({ lsk }) => fits(listedIn(String(lsk)), query)));
    place = page.next;
    if (place === undefined) break;
  }
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? String(rows.at(-1)?.lsk) : place };
};

const fits = (listed: { reason: string; type: string }, { reason, type }: QuarantineFilter): boolean =>
  (reason === undefined || listed.reason === reason) && isListedAs(listed.type.slice(0, 100), type);

/** Keys begin with the time of receipt; `~` comes after whatever follows it. */
const boundsOf = ({ from, until }: QuarantineFilter): { from?: string; to?: string } => ({
  ...(Number.isFinite(from) ? { from: new Date(from).toISOString() } : {}),
  ...(Number.isFinite(until) ? { to: `${new Date(until - 1).toISOString()}#~` } : {}),
});

interface PageQuery {
  partition: number;
  limit: number;
  /** The day, and within the day the place that the query has come to. */
  after: string | undefined;
  now: number;
}

/** Some of one partition, read consistently, with those that have gone. */
export const pageOfQuarantine = async (
  table: Table,
  { partition, limit, after, now }: PageQuery,
): Promise<{ items: QuarantinedEntry[]; next?: string }> => {
  const [from = '', place] = (after ?? '').split(' ', 2);
  const days = quarantinedDays(now).filter(day => day >= from);
  for (const [index, day] of days.entries()) {
    const query = { pk: keys.quarantineDay(day, partition), limit, consistent: true };
    const goesOn = day === from && place !== undefined;
    const { items, next } = await table.query(goesOn ? { ...query, after: place } : query);
    const following = next === undefined ? days[index + 1] : `${day} ${next}`;
    if (items.length > 0 || following === undefined) {
      return { items: items.map(entryIn), ...(following === undefined ? {} : { next: following }) };
    }
  }
  return { items: [] };
};

/** An id does not tell the day: all that are kept are asked. */
export const findQuarantined = async (
  table: Table,
  ids: readonly string[],
  now: number,
): Promise<QuarantinedEntry[]> => {
  const days = quarantinedDays(now);
  const found = await table.getMany(
    ids.flatMap(id => days.map(day => keys.quarantined(day, id))),
    true,
  );
  return found.map(entryIn);
};
