import type { Life } from '../../../core/model/profile-state.ts';
import {
  type MemberPage,
  type Membership,
  type MembershipStore,
  type PastStay,
  pastStaysDays,
} from '../../../core/ports/membership-store.ts';
import { listPartitions } from '../../../core/ports/profile-store.ts';
import {
  type Condition,
  ConditionRefused,
  everyItem,
  type Item,
  type Table,
  TransactionRefused,
  type Value,
  type Write,
} from '../../../core/ports/table.ts';
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
    for await (const item of everyItem(table, query)) memberships.push(membershipIn(item));
    return memberships;
  },

  ofSegment: async (segmentId, profileIds) => {
    const items = await table.getMany(
      profileIds.map(profileId => keys.membership(profileId, segmentId)),
      true,
    );
    return items.map(membershipIn);
  },

  decide: async (decision, read, life = 'live') => {
    const { profileId, profileVersion } = decision;
    const writes: Write[] = [
      { kind: 'put', item: itemOf(decision), when: unchanged(read) },
      ...endedStay(decision, read),
      { kind: 'check', key: keys.head(profileId), when: stillAt(profileVersion, life) },
    ];
    try {
      await table.transact(writes);
      return true;
    } catch (refusal) {
      if (!(refusal instanceof TransactionRefused)) throw refusal;
      return false;
    }
  },

  clear: async read => {
    const key = keys.membership(read.profileId, read.segmentId);
    const stays = { pk: key.pk, prefix: keys.staysIn(read.segmentId), consistent: true };
    for await (const { pk, sk } of everyItem(table, stays)) await table.write({ kind: 'delete', key: { pk, sk } });
    try {
      await table.write({ kind: 'delete', key, when: unchanged(read) });
      return true;
    } catch (refusal) {
      if (!(refusal instanceof ConditionRefused)) throw refusal;
      return false;
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

  enteredBetween: async (segmentId, from, to) => {
    const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to: `${to}#~` }) };
    const places = partitions.map(partition => keys.membershipPartition(segmentId, partition));
    return (await listedIn(table, places, range)).map(memberIn);
  },

  exitedSince: async (segmentId, from) => {
    const places = partitions.map(partition => keys.stayPartition(segmentId, partition));
    return (await listedIn(table, places, { from })).map(({ lsk }) => {
      const [exitedAt = '', enteredAt = '', profileId = ''] = String(lsk).split('#');
      return { profileId, segmentId, enteredAt, exitedAt };
    });
  },

  pastStays: async profileId => {
    const stays: PastStay[] = [];
    const query = { pk: keys.profile(profileId), prefix: keys.staysPrefix, consistent: true };
    for await (const { stay } of everyItem(table, query)) stays.push(stay as unknown as PastStay);
    return stays;
  },
});

/** Everything of some places of the list index, place by place in its order. */
const listedIn = async (table: Table, places: readonly string[], range: { from?: string; to?: string }) => {
  const found = places.map(async pk => {
    const items: Item[] = [];
    for await (const item of everyItem(table, { index: 'list', pk, ...range })) items.push(item);
    return items;
  });
  return (await Promise.all(found)).flat();
};

/** What is kept of a stay that a decision ends. */
const endedStay = ({ profileId, segmentId, member, exitedAt }: Membership, read: Membership | undefined): Write[] => {
  if (member || !read?.member || exitedAt === undefined) return [];
  const stay: PastStay = { profileId, segmentId, enteredAt: read.enteredAt, exitedAt };
  const ttl = Math.floor(Date.parse(exitedAt) / 1000) + pastStaysDays * 86_400;
  const place = keys.stayList(profileId, segmentId, read.enteredAt, exitedAt);
  const item = { ...keys.stay(profileId, segmentId, exitedAt), ...place, stay: stay as unknown as Value, ttl };
  return [{ kind: 'put', item }];
};

const membershipIn = (item: Item): Membership => item.m as unknown as Membership;

const itemOf = (membership: Membership): Item => {
  const { profileId, segmentId, member, enteredAt } = membership;
  const place = member ? keys.membershipList(profileId, segmentId, enteredAt) : {};
  return { ...keys.membership(profileId, segmentId), ...place, m: membership as unknown as Value };
};

const unchanged = (read: Membership | undefined): Condition[] =>
  read === undefined
    ? [{ attribute: 'pk', is: 'absent' }]
    : [
        { attribute: 'm.member', is: '=', value: read.member },
        { attribute: 'm.profileVersion', is: '=', value: read.profileVersion },
        { attribute: 'm.segmentVersion', is: '=', value: read.segmentVersion },
      ];

const stillAt = (version: number, life: Life): Condition[] => [
  { attribute: 'h.version', is: '=', value: version },
  { attribute: 'h.life', is: '=', value: life },
];
