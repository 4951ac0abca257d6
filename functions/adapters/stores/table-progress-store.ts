import type { Progress, ProgressStore } from '../../../core/ports/progress-store.ts';
import { type Condition, ConditionRefused, everyItem, type Item, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** Sequence numbers are whole numbers of up to 56 digits: of equal length they compare as texts. */
const place = (sequence: string): string => sequence.padStart(64, '0');

/** One item per shard. Batches of one shard may end out of order: the one that has come furthest stands. */
export const tableProgressStore = (table: Table): ProgressStore => {
  const put = async (item: Item, when: Condition): Promise<boolean> => {
    try {
      await table.write({ kind: 'put', item, when: [when] });
      return true;
    } catch (refusal) {
      if (refusal instanceof ConditionRefused) return false;
      throw refusal;
    }
  };
  return {
    report: async (consumer, { shard, sequence, at }) => {
      const item = { ...keys.progress(consumer, shard), place: place(sequence), p: { shard, sequence, at } };
      const isFurther = { attribute: 'place', is: '<', value: item.place } as const;
      if (await put(item, isFurther)) return;
      if (await put(item, { attribute: 'pk', is: 'absent' })) return;
      // Another batch of the shard may have been the first to report, from a place before this one.
      await put(item, isFurther);
    },
    of: async consumer => {
      const reports: Progress[] = [];
      for await (const item of everyItem(table, { pk: keys.progress(consumer, '').pk })) {
        reports.push(item.p as unknown as Progress);
      }
      return reports;
    },
  };
};
