import type { BatchCorrection, BatchCounts, BatchStore, PartReport } from '../../../core/ports/batch-store.ts';
import { everyItem, type Item, type Table, type Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const keepDays = 14;
/** The names of so many parts fit into a sort key. */
const partsPerItem = 100;

type Counts = [processed: number, duplicates: number, quarantined: number, refused: number];

/**
 * One item for the parts of a batch that one window has dealt with, named after these parts: the same report again is
 * the same item, and a part that was told of twice counts once.
 */
export const tableBatchStore = (table: Table, now: () => number): BatchStore => ({
  report: reports => table.writeMany(itemsOf(reports, now()).map(item => ({ kind: 'put' as const, item }))),

  correct: corrections =>
    table.writeMany(
      corrections.map(({ batchId, eventId, to }) => ({
        kind: 'put' as const,
        item: { ...keys.batchEvent(batchId, eventId), to, ttl: ttlFrom(now()) },
      })),
    ),

  of: async batchId => {
    const parts = new Map<string, Counts>();
    const redriven: BatchCorrection['to'][] = [];
    for await (const item of everyItem(table, { pk: keys.batch(batchId, []).pk, consistent: true })) {
      if (item.to !== undefined) redriven.push(item.to as BatchCorrection['to']);
      for (const [part, counts] of Object.entries((item.c ?? {}) as unknown as Record<string, Counts>)) {
        if (!parts.has(part)) parts.set(part, counts);
      }
    }
    return corrected(sumOf([...parts.values()]), redriven);
  },
});

/** A part that was not told of yet has nothing to correct. */
const corrected = (counts: BatchCounts, redriven: readonly BatchCorrection['to'][]): BatchCounts => {
  const after = { ...counts };
  for (const to of redriven.slice(0, counts.quarantined)) {
    after.quarantined -= 1;
    after[to] += 1;
  }
  return after;
};

const ttlFrom = (now: number): number => Math.floor(now / 1000) + keepDays * 86_400;

const itemsOf = (reports: readonly PartReport[], now: number): Item[] => {
  const byBatch = new Map<string, Map<number, Counts>>();
  for (const { batchId, part, counts } of reports) {
    const parts = byBatch.get(batchId) ?? new Map<number, Counts>();
    byBatch.set(batchId, parts.set(part, packed(counts)));
  }
  const ttl = ttlFrom(now);
  return [...byBatch].flatMap(([batchId, parts]) => {
    const sorted = [...parts].sort(([left], [right]) => left - right);
    return Array.from({ length: Math.ceil(sorted.length / partsPerItem) }, (_, piece) => {
      const own = sorted.slice(piece * partsPerItem, (piece + 1) * partsPerItem);
      const c: Value = Object.fromEntries(own);
      return {
        ...keys.batch(
          batchId,
          own.map(([part]) => part),
        ),
        c,
        ttl,
      };
    });
  });
};

const packed = ({ processed, duplicates, quarantined, refused }: BatchCounts): Counts => [
  processed,
  duplicates,
  quarantined,
  refused,
];

const sumOf = (all: readonly Counts[]): BatchCounts => {
  const sum = (place: 0 | 1 | 2 | 3) => all.reduce((total, counts) => total + counts[place], 0);
  return { processed: sum(0), duplicates: sum(1), quarantined: sum(2), refused: sum(3) };
};
