import type { BucketStore } from '../../../core/ports/bucket-store.ts';
import { type Condition, ConditionRefused, type Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** One item per caller. It has no end: an expired item is not read, yet stands in the way of a new one. */
export const tableBucketStore = (table: Table): BucketStore => ({
  fullAt: async callerId => {
    const item = await table.get(keys.bucket(callerId), true);
    return item && Number(item.fullAt);
  },
  move: async (callerId, from, to) => {
    const when: Condition =
      from === undefined ? { attribute: 'pk', is: 'absent' } : { attribute: 'fullAt', is: '=', value: from };
    try {
      await table.write({ kind: 'put', item: { ...keys.bucket(callerId), fullAt: to }, when: [when] });
      return true;
    } catch (refusal) {
      if (refusal instanceof ConditionRefused) return false;
      throw refusal;
    }
  },
});
