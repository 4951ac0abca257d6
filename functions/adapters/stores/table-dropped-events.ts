import { idTime } from '../../../core/model/id-time.ts';
import type { DroppedEvent, DroppedEvents } from '../../../core/ports/dropped-events.ts';
import { everyItem, type Item, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const keepDays = 14;
/** Far from what an item may hold. */
const eventsPerItem = 1000;

/** A duplicate is the id of its original, a refused event nothing. */
type Packed = Record<string, string | null>;

const minuteOf = (eventId: string): string | undefined => {
  const at = idTime(eventId);
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
};

/**
 * One item for what a window has dropped of the events of one minute, named after the last and the first of them: the
 * same report again is the same item. An event of that minute is in none that ends before it.
 */
export const tableDroppedEvents = (table: Table, now: () => number): DroppedEvents => ({
  report: dropped => table.writeMany(itemsOf(dropped, now()).map(item => ({ kind: 'put' as const, item }))),

  find: async eventId => {
    const minute = minuteOf(eventId);
    if (minute === undefined) return undefined;
    const query = { pk: keys.dropped(minute, '', '').pk, from: eventId, consistent: true };
    for await (const item of everyItem(table, query)) {
      const original = (item.e as unknown as Packed)[eventId];
      if (original !== undefined) return unpacked(eventId, original);
    }
    return undefined;
  },
});

const unpacked = (eventId: string, duplicateOf: string | null): DroppedEvent =>
  duplicateOf === null ? { eventId, fate: 'refused', reason: 'erased' } : { eventId, fate: 'duplicate', duplicateOf };

const itemsOf = (dropped: readonly DroppedEvent[], now: number): Item[] => {
  const byMinute = new Map<string, DroppedEvent[]>();
  for (const one of dropped) {
    const minute = minuteOf(one.eventId);
    if (minute !== undefined) byMinute.set(minute, [...(byMinute.get(minute) ?? []), one]);
  }
  const ttl = Math.floor(now / 1000) + keepDays * 86_400;
  return [...byMinute].flatMap(([minute, all]) => {
    const sorted = all.toSorted((left, right) => (left.eventId < right.eventId ? -1 : 1));
    return Array.from({ length: Math.ceil(sorted.length / eventsPerItem) }, (_, piece) => {
      const own = sorted.slice(piece * eventsPerItem, (piece + 1) * eventsPerItem);
      const e: Packed = Object.fromEntries(
        own.map(one => [one.eventId, one.fate === 'duplicate' ? one.duplicateOf : null]),
      );
      return { ...keys.dropped(minute, own.at(-1)?.eventId ?? '', own[0]?.eventId ?? ''), e, ttl };
    });
  });
};
