import type { SyncOutcome } from '../../../core/model/sync-outcome.ts';
import { listPartitions } from '../../../core/ports/profile-store.ts';
import type { Recipient, RecipientKey, RecipientPage, RecipientStore } from '../../../core/ports/recipient-store.ts';
import {
  type Condition,
  ConditionRefused,
  everyItem,
  type Item,
  type Key,
  type Table,
  TransactionRefused,
  type Value,
  type Write,
} from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { dropOutcome, settleOutcome } from './table-sync-outcomes.ts';

/** A transaction has room for no more; so many syncs wait for one person only where many were begun in vain. */
const writesTogetherMax = 50;
const partitions = Array.from({ length: listPartitions }, (_, partition) => partition);

/**
 * What destinations hold, beside the profile; everybody who was sent stands in the list index as well. What could not be
 * delivered has an item of its own, which the list index names by when it is due.
 */
export const tableRecipientStore = (table: Table): RecipientStore => ({
  ofProfile: async profileId => {
    const recipients: Recipient[] = [];
    const query = { pk: keys.profile(profileId), prefix: 'Y#', consistent: true };
    for await (const item of everyItem(table, query)) recipients.push(item.r as unknown as Recipient);
    return recipients;
  },

  ofAudience: async (audienceId, platform, profileIds) => {
    const items = await table.getMany(
      profileIds.map(profileId => keys.recipient(profileId, audienceId, platform)),
      true,
    );
    return items.map(item => item.r as unknown as Recipient);
  },

  lease: (recipient, read) => happens(table, { kind: 'put', item: itemOf(recipient), when: unchanged(read) }),

  settle: (recipient, leased, outcome) =>
    happensWith(table, { kind: 'put', item: itemOf(recipient), when: unchanged(leased) }, [
      ...waitingWrites(recipient, leased),
      ...(outcome === undefined ? [] : outcomesOf(leased, outcome)),
    ]),

  forget: (leased, syncIds = []) =>
    happensWith(table, { kind: 'delete', key: keyOf(leased), when: unchanged(leased) }, [
      ...waitingWrites(undefined, leased),
      ...syncIds.map(syncId => dropOutcome(syncId, leased.profileId)),
    ]),

  ofPartition: (audienceId, platform, partition, limit, after) =>
    peopleIn(table, keys.recipientPartition(audienceId, platform, partition), limit, after),

  count: (audienceId, platform) =>
    countIn(table, partition => keys.recipientPartition(audienceId, platform, partition)),

  failedOfPartition: (audienceId, platform, partition, limit, after) =>
    peopleIn(table, keys.failedPartition(audienceId, platform, partition), limit, after),

  countFailed: (audienceId, platform) =>
    countIn(table, partition => keys.failedPartition(audienceId, platform, partition)),

  takeDue: async (partition, now, until, limit) => {
    const to = new Date(now + 1).toISOString();
    const { items } = await table.query({ index: 'list', pk: keys.retryPartition(partition), to, limit });
    const due = items.map(dueIn);
    const taken = await table.writeEach(
      due.map(({ key, lsk }) => ({
        kind: 'update',
        key: keys.undelivered(key.profileId, key.audienceId, key.platform),
        set: { lsk: keys.retryList(key.profileId, key.audienceId, key.platform, until).lsk },
        when: [{ attribute: 'lsk', is: '=', value: lsk }],
      })),
    );
    return due.flatMap(({ key }, index) => (taken[index] ? [key] : []));
  },
});

/** One partition of a list whose places are named by profile ids. */
const peopleIn = async (table: Table, pk: string, limit: number, after: string | undefined): Promise<RecipientPage> => {
  const query = { index: 'list' as const, pk, limit };
  const page = await table.query(after === undefined ? query : { ...query, after });
  return {
    profileIds: page.items.map(item => String(item.lsk)),
    ...(page.next === undefined ? {} : { next: page.next }),
  };
};

const countIn = async (table: Table, place: (partition: number) => string): Promise<number> => {
  const counts = await Promise.all(partitions.map(partition => table.count({ index: 'list', pk: place(partition) })));
  return counts.reduce((sum, count) => sum + count, 0);
};

const dueIn = (item: Item): { key: RecipientKey; lsk: string } => {
  const lsk = String(item.lsk);
  const [, profileId = '', audienceId = '', platform = ''] = lsk.split('#');
  return { key: { profileId, audienceId, platform }, lsk };
};

const outcomesOf = ({ profileId, syncIds = [] }: Recipient, outcome: SyncOutcome): Write[] =>
  syncIds.map(syncId => settleOutcome(syncId, profileId, outcome));

/** Keeps the item of what could not be delivered as the recipient has it: due, given up, or none. */
const waitingWrites = (recipient: Recipient | undefined, { failure: known, ...key }: Recipient): Write[] => {
  const { profileId, audienceId, platform } = key;
  const place = keys.undelivered(profileId, audienceId, platform);
  const failure = recipient?.failure;
  if (!failure) return known ? [{ kind: 'delete', key: place }] : [];
  const { nextAt } = failure;
  const list =
    nextAt === undefined
      ? keys.failedList(profileId, audienceId, platform)
      : keys.retryList(profileId, audienceId, platform, nextAt);
  return [{ kind: 'put', item: { ...place, ...list } }];
};

/**
 * As `happens`, together with what follows from the write. An outcome that nobody waits for any more, because it was told
 * before or the person was swept, stops nothing.
 */
const happensWith = async (table: Table, write: Write, others: readonly Write[]): Promise<boolean> => {
  for (const other of others.slice(writesTogetherMax)) await happens(table, other);
  const together = others.slice(0, writesTogetherMax);
  if (together.length === 0) return happens(table, write);
  try {
    await table.transact([write, ...together]);
    return true;
  } catch (refusal) {
    if (!(refusal instanceof TransactionRefused)) throw refusal;
    const [isRefused, ...refused] = refusal.refused;
    if (isRefused) return false;
    return happensWith(
      table,
      write,
      together.filter((_, index) => !refused[index]),
    );
  }
};

/** Whether the write was not refused by its condition. */
const happens = async (table: Table, write: Write): Promise<boolean> => {
  try {
    await table.write(write);
    return true;
  } catch (refusal) {
    if (!(refusal instanceof ConditionRefused)) throw refusal;
    return false;
  }
};

const keyOf = ({ profileId, audienceId, platform }: Recipient): Key => keys.recipient(profileId, audienceId, platform);

const itemOf = (recipient: Recipient): Item => {
  const { profileId, audienceId, platform, state } = recipient;
  const place = state === 'removed' ? {} : keys.recipientList(profileId, audienceId, platform);
  return { ...keyOf(recipient), ...place, r: recipient as unknown as Value };
};

const unchanged = (read: Recipient | undefined): Condition[] =>
  read === undefined
    ? [{ attribute: 'pk', is: 'absent' }]
    : [
        { attribute: 'r.row', is: '=', value: read.row },
        { attribute: 'r.state', is: '=', value: read.state },
        { attribute: 'r.leasedUntil', is: '=', value: read.leasedUntil },
      ];
