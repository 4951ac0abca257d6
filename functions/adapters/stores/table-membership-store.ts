import type { MemberPage, Membership, MembershipStore } from '../../../core/ports/membership-store.ts';
import { listPartitions } from '../../../core/ports/profile-store.ts';
import { ConditionRefused, everyItem, type Item, type Table, type Value } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { newestOf } from './profile-list.ts';

const partitions = Array.from({ length: listPartitions }, (_, partition) => partition);

const memberIn = ({ lsk }: Item): { profileId: string; enteredAt: string } => {
  const [enteredAt = '', profileId = ''] = String(lsk).split('#');
  return { enteredAt, profileId };
};

/** Memberships beside their profile; those that hold stand in the list index as well. */
export const tableMembershipStore = (table: Table): MembershipStore => ({
  ofProfile: async profileId => {
    const memberships: Membership[] = [];
    const query = { pk: keys.profile(profileId), prefix: 'X#', consistent: true };
    for await (const item of everyItem(table, query)) memberships.push(item.m as unknown as Membership);
    return memberships;
  },

  decide: async membership => {
    const { profileId, segmentId, member, enteredAt, profileVersion } = membership;
    const place = member ? keys.membershipList(profileId, segmentId, enteredAt) : {};
    const item = { ...keys.membership(profileId, segmentId), ...place, m: membership as unknown as Value };
    try {
      await table.write({ kind: 'put', item, when: [{ attribute: 'pk', is: 'absent' }] });
      return true;
    } catch (refusal) {
      if (!(refusal instanceof ConditionRefused)) throw refusal;
      return replaceEarlier(table, item, profileVersion);
    }
  },

  members: async (segmentId, limit, cursor, offset): Promise<MemberPage> => {
    const places = partitions.map(partition => keys.membershipPartition(segmentId, partition));
    const { items, next } = await newestOf(table, places, limit, cursor, offset);
    return { members: items.map(memberIn), ...(next === undefined ? {} : { next }) };
  },

  membersOfPartition: async (segmentId, partition, limit, after): Promise<MemberPage> => {
    const query = { index: 'list' as const, pk: keys.membershipPartition(segmentId, partition), limit };
    const page = await table.query(after === undefined ? query : { ...query, after });
    return { members: page.items.map(memberIn), ...(page.next === undefined ? {} : { next: page.next }) };
  },

  count: async segmentId => {
    const counts = await Promise.all(
      partitions.map(partition => table.count({ index: 'list', pk: keys.membershipPartition(segmentId, partition) })),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  },
});

const replaceEarlier = async (table: Table, item: Item, profileVersion: number): Promise<boolean> => {
  try {
    const when = [{ attribute: 'm.profileVersion', is: '<=' as const, value: profileVersion }];
    await table.write({ kind: 'put', item, when });
    return true;
  } catch (refusal) {
    if (!(refusal instanceof ConditionRefused)) throw refusal;
    return false;
  }
};
