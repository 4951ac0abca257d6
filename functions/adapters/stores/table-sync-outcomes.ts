import { inLanes } from '../../../core/model/in-lanes.ts';
import { type SyncOutcome, type SyncTally, syncOutcomes } from '../../../core/model/sync-outcome.ts';
import { listPartitions } from '../../../core/ports/profile-store.ts';
import type { SyncOutcomes } from '../../../core/ports/sync-outcomes.ts';
import { ConditionRefused, type Table, type Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const keepDays = 30;
const lanes = 16;
const partitions = Array.from({ length: listPartitions }, (_, partition) => partition);

/** Notes an outcome for somebody who is pending. */
export const settleOutcome = (syncId: string, profileId: string, outcome: SyncOutcome): Write => ({
  kind: 'update',
  key: keys.syncOutcome(profileId, syncId),
  set: { outcome, lsk: keys.syncList(profileId, syncId, outcome).lsk },
  when: [{ attribute: 'outcome', is: '=', value: 'pending' }],
});

export const dropOutcome = (syncId: string, profileId: string): Write => ({
  kind: 'delete',
  key: keys.syncOutcome(profileId, syncId),
});

/** One item for each person and sync, beside the profile; by outcome in the list index. */
export const tableSyncOutcomes = (table: Table, now: () => number = Date.now): SyncOutcomes => ({
  expect: async (syncId, profileIds) => {
    const ttl = Math.floor(now() / 1000) + keepDays * 86_400;
    const pending = (profileId: string) => ({
      ...keys.syncOutcome(profileId, syncId),
      ...keys.syncList(profileId, syncId, 'pending'),
      outcome: 'pending',
      ttl,
    });
    await table.writeEach(
      profileIds.map(id => ({ kind: 'put', item: pending(id), when: [{ attribute: 'pk', is: 'absent' }] })),
    );
  },

  settle: async (syncId, profileId, outcome) => {
    try {
      await table.write(settleOutcome(syncId, profileId, outcome));
    } catch (refusal) {
      if (!(refusal instanceof ConditionRefused)) throw refusal;
    }
  },

  drop: (syncId, profileId) => table.write(dropOutcome(syncId, profileId)),

  anyPending: async syncId => {
    const pages = await Promise.all(
      partitions.map(partition =>
        table.query({ index: 'list', pk: keys.syncPartition(syncId, partition), prefix: 'pending#', limit: 1 }),
      ),
    );
    return pages.some(({ items }) => items.length > 0);
  },

  tally: async syncId => {
    const places = syncOutcomes.flatMap(outcome => partitions.map(partition => ({ outcome, partition })));
    const tally = Object.fromEntries(syncOutcomes.map(outcome => [outcome, 0])) as SyncTally;
    await inLanes(places, lanes, async ({ outcome, partition }) => {
      const pk = keys.syncPartition(syncId, partition);
      const people = await table.count({ index: 'list', pk, prefix: `${outcome}#` });
      tally[outcome] += people;
    });
    return tally;
  },
});
