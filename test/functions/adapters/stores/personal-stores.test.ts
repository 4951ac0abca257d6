import { expect, test } from 'vitest';
import { type Identifier, matchKey } from '../../../../core/model/identifier.ts';
import type { Table } from '../../../../core/ports/table.ts';
import { keys } from '../../../../functions/adapters/stores/access-patterns.ts';
import { itemKinds } from '../../../../functions/adapters/stores/item-kinds.ts';
import { personalStores, sweepPerson } from '../../../../functions/adapters/stores/personal-stores.ts';
import { tableBlockIndex } from '../../../../functions/adapters/stores/table-block-index.ts';
import { tableIdentityStore } from '../../../../functions/adapters/stores/table-identity-store.ts';
import { tableProfileStore } from '../../../../functions/adapters/stores/table-profile-store.ts';
import { tableQuarantine } from '../../../../functions/adapters/stores/table-quarantine.ts';
import { memoryTable } from '../../../../functions/adapters/table/memory-table.ts';
import { creationOf, someEvent, someTime } from '../../../fixtures/profile-states.ts';

const now = (): number => someTime;
const email: Identifier = { type: 'email', value: 'jane@example.com' };
const kinds = Object.keys(itemKinds) as (keyof typeof itemKinds)[];
const personalKinds = kinds.filter(kind => itemKinds[kind].personal);

const at = new Date(someTime).toISOString();

/** What identity keeps beside two profiles and in the blocks of one. */
const fillIdentity = async (table: Table, id: string): Promise<void> => {
  const profileIds: [string, string] = [id, `${id}-twin`];
  const base = { profileIds, score: 90, trace: [] };
  await tableBlockIndex(table).index(id, 1, [`name+date:${id}|1`]);
  await tableIdentityStore(table).noteTies([
    { profileId: id, otherId: 'x', grade: 'named', types: ['email'], eventId: 'event', at, byWriteKey: false },
  ]);
  await tableIdentityStore(table).keepPair(
    { ...base, version: 1, status: 'open', evidence: '', createdAt: at, updatedAt: at },
    undefined,
    { ...base, id: `decision of ${id}`, decision: 'review', by: 'automatic', at },
  );
};

/** A person with something in every store, and another one who must keep everything. */
const fullTable = async () => {
  const table = memoryTable({ now });
  const commit = creationOf({ newIdentifiers: [email], events: [someEvent({ consent: { email: true } })] });
  const other = creationOf({ newIdentifiers: [{ type: 'email', value: 'john@example.com' }] });
  const profiles = tableProfileStore(table, undefined, now);
  const [id, otherId] = [commit.after.id, other.after.id];
  await profiles.commit(commit);
  await profiles.commit(other);
  for (const owner of [id, otherId]) {
    const purchase = { messageId: 'message', receivedAt: someTime, amount: '1', currency: 'USD' };
    await profiles.ownOrders([{ profileId: owner, orderId: 'order', purchase }]);
    const items = [
      keys.page(owner, 0),
      keys.changes(owner, 2),
      keys.order(owner, 'order', 3),
      keys.merge(owner, 'merge-1'),
      keys.membership(owner, 'segment-1'),
      keys.stay(owner, 'segment-1', '2026-02-15T12:00:00.000Z'),
      keys.flipTimer(owner),
      keys.recipient(owner, 'audience-1', 'webhook'),
      keys.undelivered(owner, 'audience-1', 'webhook'),
      keys.syncOutcome(owner, 'job-1'),
      keys.told(keys.profile(owner), 'webhook-1', 'fact-1'),
      keys.untold(keys.profile(owner), 'webhook-1', '7#fact-1'),
    ];
    await table.writeMany(items.map(item => ({ kind: 'put', item })));
    await fillIdentity(table, owner);
    await table.write({ kind: 'put', item: { ...keys.answer(`hash of ${owner}`), data: { data: { id: owner } } } });
  }
  await tableQuarantine(table).add(
    [someEvent({ identifiers: [email] }), someEvent({ profileId: id }), someEvent({ profileId: otherId })].map(
      event => ({ event, reason: 'timestamp_before_1970' }),
    ),
  );
  const quarantine = tableQuarantine(table, now);
  await table.write(quarantine.keepingPatch('job-1', { profileId: id }));
  await table.write(quarantine.keepingPatch('job-2', { profileId: otherId }));
  return { table, profiles, stores: personalStores(table, now), id, otherId };
};

test('every kind of personal item has an entry, and no other', async () => {
  expect(Object.keys(personalStores(memoryTable(), now)).sort()).toEqual([...personalKinds].sort());
});

test.each(personalKinds)('what is held of a person in %s is found, swept and then gone', async kind => {
  const { stores, id, otherId } = await fullTable();
  const person = { profileId: id, matchKeys: [matchKey(email)] };
  const other = { profileId: otherId, matchKeys: ['email#john@example.com'] };
  const held = await stores[kind as keyof typeof stores].hold(person);
  const heldOfOther = await stores[kind as keyof typeof stores].hold(other);
  expect(held).toHaveLength(kind === 'quarantined' ? 2 : 1);
  const swept = await stores[kind as keyof typeof stores].sweep(person);
  const stays = kind === 'head' || kind === 'recipient' || kind === 'undelivered';
  expect(swept).toBe(stays ? 0 : held.length);
  expect(await stores[kind as keyof typeof stores].verify(person)).toBe(stays ? 1 : 0);
  expect(await stores[kind as keyof typeof stores].hold(other)).toEqual(heldOfOther);
});

test('what stands beside two goes on both sides', async () => {
  const { table, stores, id } = await fullTable();
  await stores.pair.sweep({ profileId: id, matchKeys: [] });
  await stores.decision.sweep({ profileId: id, matchKeys: [] });
  const twin = await table.query({ pk: keys.profile(`${id}-twin`), consistent: true });
  expect(twin.items).toEqual([]);
});

test('after erasure and sweep nothing is left but the tombstone and what destinations must be told', async () => {
  const { profiles, stores, id } = await fullTable();
  const state = await profiles.get(id);
  if (!state) throw new Error('the person is not there');
  await profiles.erase(state, someTime);
  await profiles.sweep(id);
  const person = { profileId: id, matchKeys: [matchKey(email)] };
  const left: Record<string, number> = {};
  for (const [kind, store] of Object.entries(stores)) left[kind] = await store.verify(person);
  expect(left).toEqual({ ...Object.fromEntries(personalKinds.map(kind => [kind, 0])), recipient: 1, undelivered: 1 });
  expect(await sweepPerson(stores, person)).toBe(0);
});
