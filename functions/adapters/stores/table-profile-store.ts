import { randomUUID } from 'node:crypto';
import { inLanes } from '../../../core/model/in-lanes.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { CommitRefusal, ProfileCommit, ProfileStore } from '../../../core/ports/profile-store.ts';
import type { Item, Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { attributeHistory } from './attribute-history.ts';
import { consentLedger, ownConsentLedger } from './consent-ledger.ts';
import { eraseProfile } from './erase-profile.ts';
import { eventPages, familyEvents, familyEventsSince, pastCommits } from './event-chunks.ts';
import { KnownProfiles } from './known-profiles.ts';
import { ownOrders, readOrderIds, readOrders } from './orders.ts';
import { personalStores, sweepPerson } from './personal-stores.ts';
import { commitProfiles } from './profile-commit.ts';
import { unpackHead, unpackPerson } from './profile-items.ts';
import { listPartitionIds, listProfileIds } from './profile-list.ts';
import { recallProfiles } from './recall-profiles.ts';
import { seenMessages } from './seen-messages.ts';

/** So many stores are asked at once. */
const storeLanes = 8;

/** Profiles in the single table. `attemptId` names a try to commit; it must never repeat. */
export const tableProfileStore = (
  table: Table,
  attemptId: () => string = randomUUID,
  now: () => number = Date.now,
): ProfileStore => {
  const stores = personalStores(table, now);
  const known = new KnownProfiles(now);
  const getMany = async (ids: readonly string[]): Promise<Map<string, ProfileState>> => {
    const items = await table.getMany(
      ids.flatMap(id => [keys.head(id), keys.person(id)]),
      true,
    );
    const byKey = new Map(items.map(item => [`${item.pk} ${item.sk}`, item]));
    return new Map(ids.flatMap(id => stateIn(byKey, id)));
  };
  const ownersOf = async (matchKeys: readonly string[]): Promise<Map<string, string>> => {
    const items = await table.getMany(matchKeys.map(keys.claim), true);
    return new Map(items.map(item => [item.pk.slice('I#'.length), String(item.profileId)]));
  };
  const commitMany = async (commits: readonly ProfileCommit[]): Promise<(CommitRefusal | undefined)[]> => {
    const ends = await commitProfiles(table, commits, attemptId);
    for (const { after, refusal } of ends) {
      if (refusal) known.forget(after.id);
      else known.keep(after);
    }
    return ends.map(({ refusal }) => refusal);
  };
  return {
    getMany,
    get: async id => (await getMany([id])).get(id),
    ownersOf,
    recall: (matchKeys, ids) => recallProfiles(table, known, { ownersOf, getMany }, matchKeys, ids),
    commit: async commit => {
      const [refusal] = await commitMany([commit]);
      if (refusal) throw refusal;
    },
    commitMany,
    seenMessages: asked => seenMessages(table, asked),
    ownOrders: claims => ownOrders(table, claims),
    orders: asked => readOrders(table, asked),
    list: (limit, cursor, offset, oldestFirst) => listProfileIds(table, limit, cursor, offset, oldestFirst),
    listPartition: (partition, limit, after) => listPartitionIds(table, partition, limit, after),
    orderIds: profile => readOrderIds(table, profile),
    events: async profile =>
      (await familyEvents(table, profile)).events.sort((left, right) =>
        left.timestamp === right.timestamp ? (left.id < right.id ? 1 : -1) : left.timestamp < right.timestamp ? 1 : -1,
      ),
    eventPages: profile => eventPages(table, profile),
    eventsSince: (profile, since) => familyEventsSince(table, profile, since),
    history: profile => familyEvents(table, profile),
    since: (profile, version) => pastCommits(table, profile, version),
    consentLedger: id => consentLedger(table, id),
    ownConsentLedger: id => ownConsentLedger(table, id),
    attributeHistory: id => attributeHistory(table, id),
    /** Events that are kept aside, and patches for them, are found by identifiers, which the erasure forgets: they go first. */
    erase: async (profile, at, anonymised) => {
      const person = { profileId: profile.id, matchKeys: profile.person.identifiers.map(one => one.key) };
      await stores.redrivePatch.sweep(person);
      await stores.quarantined.sweep(person);
      await eraseProfile(table, profile, at, anonymised);
    },
    sweep: (profileId, matchKeys = []) => sweepPerson(stores, { profileId, matchKeys }),
    inventory: async (profileId, matchKeys) => {
      const held = await inLanes(Object.entries(stores), storeLanes, async ([kind, store]) => [
        kind,
        (await store.hold({ profileId, matchKeys })).length,
      ]);
      return Object.fromEntries(held);
    },
    left: async (profileId, matchKeys) => {
      const left = await inLanes(Object.entries(stores), storeLanes, async ([kind, store]) => [
        kind,
        await store.verify({ profileId, matchKeys }),
      ]);
      return Object.fromEntries(left);
    },
  };
};

const stateIn = (items: Map<string, Item>, id: string): [string, ProfileState][] => {
  const [head, person] = [items.get(`${keys.profile(id)} H`), items.get(`${keys.profile(id)} A`)];
  if (!head) return [];
  const known = person ? unpackPerson(person) : undefined;
  return [[id, { id, head: unpackHead(head), person: known ?? nobody }]];
};

/** What is left of the person of an erased profile. */
const nobody: ProfileState['person'] = {
  version: 0,
  attributes: { tags: [], customFields: {} },
  provenance: {},
  identifiers: [],
  consent: {},
  updatedAt: 0,
};
