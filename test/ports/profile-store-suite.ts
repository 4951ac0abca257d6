import { describe, expect, test } from 'vitest';
import { ordersIn } from '../../core/engines/profiles/order-state.ts';
import { matchKey } from '../../core/model/identifier.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import {
  IdentifierTaken,
  listPartitions,
  ProfileChanged,
  type ProfileCommit,
  type ProfileStore,
} from '../../core/ports/profile-store.ts';
import { collidingMessages } from '../fixtures/colliding-messages.ts';
import { commitOf, creationOf, someEmail, someEvent, someTime } from '../fixtures/profile-states.ts';

export interface OpenedStore {
  store: ProfileStore;
  /** Lets lists show everything that is written. */
  showAll?: () => void;
}

const idsOf = (messages: readonly { messageId: string }[]): string[] => messages.map(one => one.messageId);

const there = async (store: ProfileStore, id: string): Promise<ProfileState> => {
  const state = await store.get(id);
  if (!state) throw new Error(`${id} is not there`);
  return state;
};

/** Creates a profile and reads it back. */
const created = async (store: ProfileStore, commit: ProfileCommit = creationOf()): Promise<ProfileState> => {
  await store.commit(commit);
  return there(store, commit.after.id);
};

const committed = async (store: ProfileStore, commit: ProfileCommit): Promise<ProfileState> => {
  await store.commit(commit);
  return there(store, commit.after.id);
};

const claimOf = (profileId: string, orderId = 'order', messageId = 'message') => ({
  profileId,
  orderId,
  purchase: { messageId, receivedAt: someTime, amount: '12.5', currency: 'USD' },
});

/** Which of these messages a profile has folded, asked as if they came just now. */
const seen = async (store: ProfileStore, profile: ProfileState, messageIds: string[]): Promise<Set<string>> => {
  const at = new Date(someTime).toISOString();
  const events = messageIds.map(messageId => ({ messageId, timestamp: at, receivedAt: at }));
  const [found] = await store.seenMessages([{ profile, events }]);
  return new Set(found?.keys());
};

const countOf = <Result>(settled: PromiseSettledResult<Result>[], status: 'fulfilled' | 'rejected'): number =>
  settled.filter(one => one.status === status).length;

const creating = (open: () => Promise<OpenedStore>): void => {
  test('an unknown id is undefined, not an error', async () => {
    const { store } = await open();
    expect(await store.get('profile-none')).toBeUndefined();
    expect(await store.getMany(['profile-none'])).toEqual(new Map());
    expect(await store.ownersOf(['email#nobody@example.com'])).toEqual(new Map());
  });

  test('a new profile is there with its identifiers and events', async () => {
    const { store } = await open();
    const email = someEmail();
    const commit = creationOf({ newIdentifiers: [email], events: [someEvent(), someEvent()] });
    const state = await created(store, commit);
    expect(state.person).toEqual(commit.after.person);
    expect(state.head).toEqual({ ...commit.after.head, lastChunk: expect.any(String) });
    expect(await store.ownersOf([matchKey(email)])).toEqual(new Map([[matchKey(email), state.id]]));
    expect(idsOf(await store.events(state)).sort()).toEqual(idsOf(commit.events ?? []).sort());
  });

  test('an identifier that is taken is refused with the name of its owner, and nothing is left of the loser', async () => {
    const { store } = await open();
    const email = someEmail();
    const owner = await created(store, creationOf({ newIdentifiers: [email] }));
    const late = creationOf({ newIdentifiers: [someEmail(), email] });
    const refusal = store.commit(late);
    await expect(refusal).rejects.toBeInstanceOf(IdentifierTaken);
    await expect(refusal).rejects.toMatchObject({ key: matchKey(email), profileId: owner.id });
    expect(await store.get(late.after.id)).toBeUndefined();
    expect(await store.sweep(late.after.id)).toBe(0);
  });

  test('of many who create a person at once exactly one does', async () => {
    const { store } = await open();
    const email = someEmail();
    const commits = Array.from({ length: 12 }, () => creationOf({ newIdentifiers: [email] }));
    const ended = await Promise.allSettled(commits.map(commit => store.commit(commit)));
    expect(countOf(ended, 'fulfilled')).toBe(1);
    const owner = (await store.ownersOf([matchKey(email)])).get(matchKey(email));
    for (const [index, one] of ended.entries()) {
      if (one.status === 'fulfilled') expect(owner).toBe(commits[index]?.after.id);
      else expect(one.reason).toMatchObject({ name: 'IdentifierTaken', profileId: owner });
    }
  });

  test('a new profile that has more than one transaction takes comes whole or not at all', async () => {
    const { store } = await open();
    const email = someEmail();
    const events = Array.from({ length: 150 }, (_, number) =>
      someEvent({ type: 'purchase', properties: { orderId: `order-${number}`, amount: 1 } }),
    );
    const { named } = ordersIn(events, 'USD');
    const state = await created(store, { ...creationOf({ newIdentifiers: [email], events }), orders: named });
    expect(await store.events(state)).toHaveLength(150);
    expect(await store.orders([{ profileId: state.id, orderId: 'order-149' }])).toEqual([named.get('order-149')]);
    const late = creationOf({ newIdentifiers: [email], events });
    await expect(store.commit({ ...late, orders: named })).rejects.toBeInstanceOf(IdentifierTaken);
    expect(await store.sweep(late.after.id)).toBe(0);
  });
};

const committing = (open: () => Promise<OpenedStore>): void => {
  test('of many who change a state exactly one does; the others are told', async () => {
    const { store } = await open();
    const state = await created(store);
    const commits = Array.from({ length: 8 }, () => commitOf(state));
    const ended = await Promise.allSettled(commits.map(commit => store.commit(commit)));
    expect(countOf(ended, 'fulfilled')).toBe(1);
    for (const one of ended) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(ProfileChanged);
    const after = await there(store, state.id);
    const [winner] = commits.filter((_, index) => ended[index]?.status === 'fulfilled');
    expect(after.head.version).toBe(state.head.version + 1);
    const expected = idsOf([...(winner?.events ?? []), ...(await store.events(state))]);
    expect(idsOf(await store.events(after)).sort()).toEqual(expected.sort());
  });

  test('a change without events is refused like every other when somebody else was faster', async () => {
    const { store } = await open();
    const state = await created(store);
    const override = (value: string): ProfileCommit => {
      const counters = { ...state.head.counters, overrides: { ltv: { at: someTime, value } } };
      return { before: state, after: { ...state, head: { ...state.head, version: state.head.version + 1, counters } } };
    };
    await store.commit(override('1'));
    await expect(store.commit(override('2'))).rejects.toBeInstanceOf(ProfileChanged);
    expect((await there(store, state.id)).head.counters.overrides.ltv?.value).toBe('1');
  });

  test('a change that is refused claims nothing', async () => {
    const { store } = await open();
    const state = await created(store);
    await store.commit(commitOf(state));
    const email = someEmail();
    await expect(store.commit(commitOf(state, { newIdentifiers: [email] }))).rejects.toBeInstanceOf(ProfileChanged);
    expect(await store.ownersOf([matchKey(email)])).toEqual(new Map());
  });

  test('an identifier of somebody else is refused to a profile that is there', async () => {
    const { store } = await open();
    const email = someEmail();
    const owner = await created(store, creationOf({ newIdentifiers: [email] }));
    const other = await created(store);
    await expect(store.commit(commitOf(other, { newIdentifiers: [email] }))).rejects.toMatchObject({
      name: 'IdentifierTaken',
      profileId: owner.id,
    });
    expect(await there(store, other.id)).toEqual(other);
  });

  test('what several people said about consent in one window is entered one by one', async () => {
    const { store } = await open();
    const state = await created(store);
    const events = [
      someEvent({ source: 'form', consent: { email: true, tracking: false } }),
      someEvent({ source: 'app', consent: { sms: true } }),
    ];
    await store.commit(commitOf(state, { events }));
    const entries = await store.consentLedger(state.id);
    expect(entries.sort((left, right) => (left.source < right.source ? -1 : 1))).toMatchObject([
      { at: someTime, source: 'app', changes: { sms: true } },
      { at: someTime, source: 'form', changes: { email: true, tracking: false } },
    ]);
  });
};

const remembering = (open: () => Promise<OpenedStore>): void => {
  test('events come back from all commits, newest first by their own time', async () => {
    const { store } = await open();
    const at = (hour: number) => someEvent({ timestamp: new Date(someTime + hour * 3_600_000).toISOString() });
    const [first, second, third] = [at(2), at(3), at(1)];
    let state = await created(store, creationOf({ events: [first] }));
    for (const event of [second, third]) state = await committed(store, commitOf(state, { events: [event] }));
    expect(idsOf(await store.events(state))).toEqual(idsOf([second, first, third]));
  });

  test('more events than one item holds come back whole', async () => {
    const { store } = await open();
    const events = Array.from({ length: 8000 }, () => someEvent());
    const state = await committed(store, commitOf(await created(store), { events }));
    expect((await store.events(state)).length).toBe(8001);
    expect(await seen(store, state, [...idsOf(events), 'message-none'])).toEqual(new Set(idsOf(events)));
  });

  test('a message is known however many came after it', async () => {
    const { store } = await open();
    const windows = Array.from({ length: 6 }, () => Array.from({ length: 40 }, () => someEvent()));
    let state = await created(store, creationOf({ events: windows[0] ?? [] }));
    for (const events of windows.slice(1)) state = await committed(store, commitOf(state, { events }));
    const messages = idsOf(windows.flat());
    expect(state.head.ring.length).toBeLessThanOrEqual(64);
    expect(state.head.pages).toBeGreaterThan(1);
    expect(await seen(store, state, messages)).toEqual(new Set(messages));
    expect(await seen(store, state, ['message-none'])).toEqual(new Set());
  });

  test.each(collidingMessages)('%s does not pass for %s, whose fingerprint is the same', async (one, other) => {
    const { store } = await open();
    const state = await created(store, creationOf({ events: [someEvent({ messageId: one })] }));
    expect(await seen(store, state, [one, other])).toEqual(new Set([one]));
  });

  test('the first message owns an order, also when it asks again', async () => {
    const { store } = await open();
    const { id } = await created(store);
    const [first, second, another] = [claimOf(id, 'order 1', 'first'), claimOf(id, 'order 1', 'second'), claimOf(id)];
    expect(await store.ownOrders([first])).toEqual([undefined]);
    expect(await store.ownOrders([second, another])).toEqual([{ purchase: first.purchase, refunds: [] }, undefined]);
    expect(await store.ownOrders([first])).toEqual([undefined]);
    expect(await store.orders([another, { profileId: id, orderId: 'order none' }, second])).toEqual([
      { purchase: another.purchase, refunds: [] },
      undefined,
      { purchase: first.purchase, refunds: [] },
    ]);
  });

  test('orders that a commit keeps are there with it, and only with it', async () => {
    const { store } = await open();
    const state = await created(store);
    const claim = claimOf(state.id, 'taken');
    const refunds = [{ messageId: 'refund', receivedAt: someTime, amount: '5', currency: 'EUR' }];
    const order = { purchase: claim.purchase, refunds: [...refunds, { messageId: 'whole', receivedAt: someTime }] };
    const given = { ...commitOf(state), orders: new Map([['order 1', order]]) };
    await store.commit(given);
    expect(await store.orders([{ profileId: state.id, orderId: 'order 1' }])).toEqual([order]);
    await expect(store.commit({ ...given, orders: new Map([['order 2', order]]) })).rejects.toThrow(ProfileChanged);
    expect(await store.orders([{ profileId: state.id, orderId: 'order 2' }])).toEqual([undefined]);
  });

  test('the history tells whether a profile began with its events', async () => {
    const { store } = await open();
    const begun = await created(store);
    expect(await store.history(begun)).toMatchObject({ complete: true });
    expect(await store.history(begun)).not.toHaveProperty('created');
    const { before, after } = creationOf();
    const made = await created(store, { before, after });
    const later = await committed(store, commitOf(made));
    const history = await store.history(later);
    expect(history).toMatchObject({ complete: true, created: { first: made.head.createdAt } });
    expect(history.events).toHaveLength(1);
  });
};

const listing = (open: () => Promise<OpenedStore>): void => {
  /** Nobody else's profiles are as new as these. */
  const future = Date.parse('2100-01-01T00:00:00.000Z');

  test('the newest come first, in pages by cursor and by offset', async () => {
    const { store, showAll } = await open();
    const ids: string[] = [];
    for (let number = 0; number < 25; number += 1) {
      ids.unshift((await created(store, creationOf({ now: future + number }))).id);
    }
    showAll?.();
    const first = await store.list(10);
    const second = await store.list(10, first.next);
    expect([first.ids, second.ids]).toEqual([ids.slice(0, 10), ids.slice(10, 20)]);
    expect((await store.list(10, undefined, 10)).ids).toEqual(second.ids);
    expect((await store.list(7, undefined, 18)).ids).toEqual(ids.slice(18, 25));
    const parts = await Promise.all(
      Array.from({ length: listPartitions }, (_, partition) => store.listPartition(partition, 1000)),
    );
    const all = parts.flatMap(part => part.ids);
    expect(all).toEqual(expect.arrayContaining(ids));
    expect(new Set(all).size).toBe(all.length);
  });

  test('a partition comes page by page, everyone once', async () => {
    const { store, showAll } = await open();
    for (let number = 0; number < 20; number += 1) await created(store, creationOf({ now: future - 1000 - number }));
    showAll?.();
    const whole = (await store.listPartition(3, 1000)).ids;
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.listPartition(3, 2, after);
      paged.push(...page.ids);
      after = page.next;
    } while (after !== undefined);
    expect(paged).toEqual(whole);
  });
};

const erasing = (open: () => Promise<OpenedStore>): void => {
  test('an erased profile keeps nothing but its tombstone, and its identifiers are free', async () => {
    const { store } = await open();
    const email = someEmail();
    const events = [someEvent({ consent: { email: true } })];
    const state = await created(store, creationOf({ newIdentifiers: [email], events }));
    await store.ownOrders([claimOf(state.id)]);
    await store.erase(state, someTime);
    const tombstone = await there(store, state.id);
    expect(tombstone.head).toMatchObject({ life: 'erased', ring: [], counters: { events: 0, ltv: '0' } });
    expect(tombstone.person).toMatchObject({ identifiers: [], attributes: { tags: [], customFields: {} } });
    expect(await store.ownersOf([matchKey(email)])).toEqual(new Map());
    expect(await store.events(tombstone)).toEqual([]);
    expect(await store.sweep(state.id)).toBe(3);
    expect(await store.consentLedger(state.id)).toEqual([]);
    expect(await store.sweep(state.id)).toBe(0);
    expect((await created(store, creationOf({ newIdentifiers: [email] }))).id).not.toBe(state.id);
  });

  test('whoever read an erased profile before can neither change nor erase it', async () => {
    const { store } = await open();
    const state = await created(store);
    await store.erase(state, someTime);
    await expect(store.commit(commitOf(state))).rejects.toBeInstanceOf(ProfileChanged);
    await expect(store.erase(state, someTime)).rejects.toBeInstanceOf(ProfileChanged);
    const tombstone = await there(store, state.id);
    await expect(store.commit(commitOf(tombstone))).rejects.toBeInstanceOf(ProfileChanged);
    expect(await there(store, state.id)).toEqual(tombstone);
  });

  test('a profile that changed meanwhile is not erased', async () => {
    const { store } = await open();
    const state = await created(store);
    const changed = await committed(store, commitOf(state));
    await expect(store.erase(state, someTime)).rejects.toBeInstanceOf(ProfileChanged);
    expect(await there(store, state.id)).toEqual(changed);
  });
};

/** What every adapter of the profile store promises. */
export const profileStoreSuite = (name: string, open: () => Promise<OpenedStore>): void => {
  describe(`${name}: creating`, () => creating(open));
  describe(`${name}: committing`, () => committing(open));
  describe(`${name}: remembering`, () => remembering(open));
  describe(`${name}: listing`, () => listing(open));
  describe(`${name}: erasing`, () => erasing(open));
};
