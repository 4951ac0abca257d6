import { listPartitions } from '../../../core/ports/profile-store.ts';
import type { Recipient, RecipientStore } from '../../../core/ports/recipient-store.ts';
import {
  type Condition,
  ConditionRefused,
  everyItem,
  type Item,
  type Key,
  type Table,
  type Value,
  type Write,
} from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

const partitions = Array.from({ length: listPartitions }, (_, partition) => partition);

/** What destinations hold, beside the profile; everybody who was sent stands in the list index as well. */
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

  settle: (recipient, leased) => happens(table, { kind: 'put', item: itemOf(recipient), when: unchanged(leased) }),

  forget: leased => happens(table, { kind: 'delete', key: keyOf(leased), when: unchanged(leased) }),

  ofPartition: async (audienceId, platform, partition, limit, after) => {
    const query = { index: 'list' as const, pk: keys.recipientPartition(audienceId, platform, partition), limit };
    const page = await table.query(after === undefined ? query : { ...query, after });
    return {
      profileIds: page.items.map(item => String(item.lsk)),
      ...(page.next === undefined ? {} : { next: page.next }),
    };
  },

  count: async (audienceId, platform) => {
    const counts = await Promise.all(
      partitions.map(partition =>
        table.count({ index: 'list', pk: keys.recipientPartition(audienceId, platform, partition) }),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  },
});

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
