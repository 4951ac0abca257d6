import { addQuarantineCounts } from '../../../core/model/quarantine-counts.ts';
import type { CounterStore, Totals } from '../../../core/ports/counters.ts';
import { ConditionRefused, everyItem, type Table, type Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const nothing: Totals = { profiles: 0, events: 0, byDay: {}, watermark: 0 };

const add = (left: Totals, right: Totals): Totals => {
  const byDay = { ...left.byDay };
  for (const [day, counts] of Object.entries(right.byDay)) {
    const { profiles = 0, events = 0 } = byDay[day] ?? {};
    byDay[day] = { profiles: profiles + counts.profiles, events: events + counts.events };
  }
  return {
    profiles: left.profiles + right.profiles,
    events: left.events + right.events,
    byDay,
    watermark: Math.max(left.watermark, right.watermark),
    quarantined: addQuarantineCounts(left.quarantined ?? {}, right.quarantined ?? {}),
  };
};

/** One item per shard of the table's stream, so that its sums and its sequence number change together. */
export const tableCounterStore = (table: Table): CounterStore => ({
  totals: async () => {
    let totals = nothing;
    for await (const item of everyItem(table, { pk: keys.counter('').pk, consistent: true })) {
      totals = add(totals, item.t as unknown as Totals);
    }
    return totals;
  },

  ofShard: async shard => {
    const item = await table.get(keys.counter(shard), true);
    return { sequence: String(item?.sequence ?? ''), totals: (item?.t as unknown as Totals | undefined) ?? nothing };
  },

  advance: async (shard, from, to, totals) => {
    const item = { ...keys.counter(shard), sequence: to, t: totals as unknown as Value };
    try {
      await table.write({
        kind: 'put',
        item,
        when: [from === '' ? { attribute: 'pk', is: 'absent' } : { attribute: 'sequence', is: '=', value: from }],
      });
      return true;
    } catch (refusal) {
      if (!(refusal instanceof ConditionRefused)) throw refusal;
      return (await table.get(keys.counter(shard), true))?.sequence === to;
    }
  },
});
