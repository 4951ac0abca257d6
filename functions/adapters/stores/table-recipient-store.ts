import { listPartitions } from '../../../core/ports/profile-store.ts';
import type { Recipient, RecipientStore } from '../../../core/ports/recipient-store.ts';
import {
  type Condition,
  ConditionRefused,
  everyItem,
  type Item,
  type Table,
  type Value,
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

  lease: async (recipient, read) => {
    try {
      await table.write({ kind: 'put', item: itemOf(recipient), when: unchanged(read) });
      return true;
    } catch (refusal) {
      if (!(refusal instanceof ConditionRefused)) throw refusal;
      return false;
    }
  },

  settle: recipient =>
    table.write({
      kind: 'put',
      item: itemOf(recipient),
      when: [
        { attribute: 'r.row', is: '=', value: recipient.row },
        { attribute: 'r.state', is: '=', value: 'sending' },
      ],
    }),

  forget: recipient =>
    table.write({ kind: 'delete', key: keys.recipient(recipient.profileId, recipient.audienceId, recipient.platform) }),

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

const itemOf = (recipient: Recipient): Item => {
  const { profileId, audienceId, platform, state } = recipient;
  const place = state === 'removed' ? {} : keys.recipientList(profileId, audienceId, platform);
  return { ...keys.recipient(profileId, audienceId, platform), ...place, r: recipient as unknown as Value };
};

const unchanged = (read: Recipient | undefined): Condition[] =>
  read === undefined
    ? [{ attribute: 'pk', is: 'absent' }]
    : [
        { attribute: 'r.row', is: '=', value: read.row },
        { attribute: 'r.state', is: '=', value: read.state },
        { attribute: 'r.leasedUntil', is: '=', value: read.leasedUntil },
      ];
