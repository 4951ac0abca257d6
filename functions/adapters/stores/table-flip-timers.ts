import type { FlipTimers } from '../../../core/ports/flip-timers.ts';
import { type Condition, type Table, TransactionRefused, type Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** A timer stands beside its profile, and in the list index by when it goes off. */
export const tableFlipTimers = (table: Table): FlipTimers => ({
  get: async profileId => {
    const item = await table.get(keys.flipTimer(profileId), true);
    return item && Number(item.dueAt);
  },

  keep: async ({ profileId, dueAt, profileVersion }, read) => {
    const [key, when] = [keys.flipTimer(profileId), unchanged(read)];
    const write: Write =
      dueAt === undefined
        ? { kind: 'delete', key, when }
        : { kind: 'put', item: { ...key, ...keys.flipTimerList(profileId, dueAt), dueAt }, when };
    try {
      await table.transact([write, { kind: 'check', key: keys.head(profileId), when: liveAt(profileVersion) }]);
      return true;
    } catch (refusal) {
      if (!(refusal instanceof TransactionRefused)) throw refusal;
      return false;
    }
  },

  takeDue: async (partition, now, until, limit) => {
    const to = new Date(now + 1).toISOString();
    const { items } = await table.query({ index: 'list', pk: keys.flipTimerPartition(partition), to, limit });
    const due = items.map(item => ({ profileId: String(item.lsk).split('#')[1] ?? '', lsk: String(item.lsk) }));
    const taken = await table.writeEach(
      due.map(({ profileId, lsk }) => ({
        kind: 'update',
        key: keys.flipTimer(profileId),
        set: { lsk: keys.flipTimerList(profileId, until).lsk },
        when: [{ attribute: 'lsk', is: '=', value: lsk }],
      })),
    );
    return due.filter((_, place) => taken[place]).map(({ profileId }) => profileId);
  },
});

const unchanged = (read: number | undefined): Condition[] => [
  read === undefined ? { attribute: 'pk', is: 'absent' } : { attribute: 'dueAt', is: '=', value: read },
];

const liveAt = (version: number): Condition[] => [
  { attribute: 'h.version', is: '=', value: version },
  { attribute: 'h.life', is: '=', value: 'live' },
];
