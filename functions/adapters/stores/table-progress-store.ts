import type { Progress, ProgressStore } from '../../../core/ports/progress-store.ts';
import { everyItem, type Table, type Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** One item per shard; the last report stands. */
export const tableProgressStore = (table: Table): ProgressStore => ({
  report: (consumer, progress) =>
    table.write({ kind: 'put', item: { ...keys.progress(consumer, progress.shard), p: progress as unknown as Value } }),
  of: async consumer => {
    const reports: Progress[] = [];
    for await (const item of everyItem(table, { pk: keys.progress(consumer, '').pk })) {
      reports.push(item.p as unknown as Progress);
    }
    return reports;
  },
});
