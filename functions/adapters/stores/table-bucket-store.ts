import type { BucketStore, Taking } from '../../../core/ports/bucket-store.ts';
import { ConditionRefused, type Key, type Table, type Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** A bucket that is full begins anew; one that is not is put off by what is taken, whoever else takes meanwhile. */
const writeOf = (key: Key, { before, milliseconds, now, latest }: Taking): Write => {
  const [attribute, fullAt] = ['fullAt', now + milliseconds];
  if (before === undefined) return { kind: 'put', item: { ...key, fullAt }, when: [{ attribute: 'pk', is: 'absent' }] };
  if (before <= now) return { kind: 'put', item: { ...key, fullAt }, when: [{ attribute, is: '<=', value: now }] };
  const when = [
    { attribute, is: '>' as const, value: now },
    { attribute, is: '<=' as const, value: latest - milliseconds },
  ];
  return { kind: 'update', key, add: { fullAt: milliseconds }, when };
};

/** One item per caller. It has no end: an expired item is not read, yet stands in the way of a new one. */
export const tableBucketStore = (table: Table): BucketStore => ({
  fullAt: async callerId => {
    const item = await table.get(keys.bucket(callerId), true);
    return item && Number(item.fullAt);
  },
  take: async (callerId, taking) => {
    try {
      await table.write(writeOf(keys.bucket(callerId), taking));
      return true;
    } catch (refusal) {
      if (refusal instanceof ConditionRefused) return false;
      throw refusal;
    }
  },
});
