import { describe, expect, test } from 'vitest';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { matchKey } from '../../core/model/identifier.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import type { ProfileCommit, ProfileStore } from '../../core/ports/profile-store.ts';
import { commitOf, creationOf, someEmail, someEvent, someTime } from '../fixtures/profile-states.ts';

export interface ManyProfilesParts {
  open: () => Promise<ProfileStore>;
  /** The store of another process over the same table. */
  another: () => Promise<ProfileStore>;
}

const there = async (store: ProfileStore, id: string): Promise<ProfileState> => {
  const state = await store.get(id);
  if (!state) throw new Error(`${id} is not there`);
  return state;
};

const created = async (store: ProfileStore, commit: ProfileCommit = creationOf()): Promise<ProfileState> => {
  await store.commit(commit);
  return there(store, commit.after.id);
};

const committed = async (store: ProfileStore, commit: ProfileCommit): Promise<ProfileState> => {
  await store.commit(commit);
  return there(store, commit.after.id);
};

const someEvents = (count: number, parts: Partial<AcceptedEvent> = {}): AcceptedEvent[] =>
  Array.from({ length: count }, () => someEvent(parts));

const idsOf = (messages: readonly { messageId: string }[]): string[] => messages.map(one => one.messageId);
/** What is told of messages that these events brought. */
const seenOf = (events: readonly AcceptedEvent[]) => new Map(events.map(event => [event.messageId, event.id]));
const dayMilliseconds = 86_400_000;
const onDay = (day: number): string => new Date(someTime + day * dayMilliseconds).toISOString();

const committing = (open: () => Promise<ProfileStore>): void => {
  test('of many commits each happens or is refused for itself, and tells why', async () => {
    const store = await open();
    const email = someEmail();
    const owner = await created(store, creationOf({ newIdentifiers: [email] }));
    const states = await Promise.all(Array.from({ length: 30 }, () => created(store)));
    for (const state of states.slice(0, 10)) await store.commit(commitOf(state));
    const traits = someEvent({ traits: { city: 'Bern' } });
    const [stale, fresh] = [states[3], states[20]];
    if (!stale || !fresh) throw new Error('nothing to begin with');
    const commits = [
      ...states.map(state => commitOf(state, state === fresh ? { events: [traits] } : {})),
      creationOf(),
      creationOf({ newIdentifiers: [email] }),
    ];
    const refusals = await store.commitMany(commits);
    const names = refusals.map(refusal => refusal?.name);
    expect(names.slice(0, 10)).toEqual(new Array(10).fill('ProfileChanged'));
    expect(names.slice(10)).toEqual([...new Array(21).fill(undefined), 'IdentifierTaken']);
    expect(refusals.at(-1)).toMatchObject({ key: matchKey(email), profileId: owner.id });
    for (const [index, { after, events = [] }] of commits.slice(10, 31).entries()) {
      const now = await there(store, after.id);
      expect(now.head.version, `${index}`).toBe(after.head.version);
      expect(idsOf(await store.events(now))).toEqual(expect.arrayContaining(idsOf(events)));
    }
    expect((await there(store, fresh.id)).person.attributes).toMatchObject({ city: 'Bern' });
    expect(idsOf(await store.events(await there(store, stale.id)))).not.toContain(commits[3]?.events?.[0]?.messageId);
  });

  test('no commits are none', async () => {
    expect(await (await open()).commitMany([])).toEqual([]);
  });

  test('what an erased person is said to have done is refused beside others who go on', async () => {
    const store = await open();
    const [erased, live] = [await created(store), await created(store)];
    await store.erase(erased, someTime);
    const refusals = await store.commitMany([commitOf(erased), commitOf(live)]);
    expect(refusals.map(refusal => refusal?.name)).toEqual(['ProfileChanged', undefined]);
    expect((await there(store, erased.id)).head).toMatchObject({ life: 'erased', counters: { events: 0 } });
  });
};

const asking = (open: () => Promise<ProfileStore>): void => {
  test('each profile is asked for its own messages', async () => {
    const store = await open();
    const windows = [someEvents(2), someEvents(3), someEvents(70)];
    const states = await Promise.all(windows.map(events => created(store, creationOf({ events }))));
    const all = windows.flat();
    const seen = await store.seenMessages(states.map(profile => ({ profile, events: all })));
    expect(seen).toEqual(windows.map(seenOf));
    expect(await store.seenMessages([])).toEqual([]);
  });

  test('a head remembers little of a window that is larger than its ring, and forgets nothing of it', async () => {
    const store = await open();
    const before = await created(store);
    const events = someEvents(2500);
    const state = await committed(store, commitOf(before, { events }));
    expect(state.head.ring).toEqual([]);
    expect(state.head.pages).toBe(3);
    const next = await committed(store, commitOf(state));
    const [seen] = await store.seenMessages([{ profile: next, events: [...events, someEvent()] }]);
    expect(seen).toEqual(seenOf(events));
  });

  test('a losing try leaves its pages behind, and they make nobody forget or remember anything', async () => {
    const store = await open();
    const state = await created(store);
    const [losing, winning] = [someEvents(200), someEvents(300)];
    const ends = await Promise.all([
      store.commitMany([commitOf(state, { events: winning })]),
      store.commitMany([commitOf(state, { events: losing })]),
    ]);
    expect(ends.flat().filter(refusal => refusal === undefined)).toHaveLength(1);
    const now = await there(store, state.id);
    const folded = new Set(idsOf(await store.events(now)));
    const [seen] = await store.seenMessages([{ profile: now, events: [...losing, ...winning] }]);
    expect(seen).toEqual(seenOf([...losing, ...winning].filter(({ messageId }) => folded.has(messageId))));
    expect([200, 300]).toContain(seen?.size);
  });

  test('what came within a week is known, and what came longer ago is known by what tells of that time', async () => {
    const store = await open();
    const windows = Array.from({ length: 20 }, (_, day) =>
      someEvents(65, { timestamp: onDay(day), receivedAt: onDay(day) }),
    );
    let state = await created(store);
    for (const [day, events] of windows.entries()) {
      const now = someTime + day * dayMilliseconds;
      state = await committed(store, commitOf(state, { events, now }));
    }
    const [seen] = await store.seenMessages([{ profile: state, events: windows.flat() }]);
    expect(seen?.size).toBe(20 * 65);
    const newest = { timestamp: onDay(19), receivedAt: onDay(19) };
    const retried = windows
      .slice(13)
      .flat()
      .map(event => ({ ...event, ...newest }));
    const [live] = await store.seenMessages([{ profile: state, events: retried }]);
    expect(live).toEqual(seenOf(retried));
    const [late] = await store.seenMessages([{ profile: state, events: windows[2] ?? [] }]);
    expect(late?.size).toBe(65);
  });
};

const recalling = (open: () => Promise<ProfileStore>, another: ManyProfilesParts['another']): void => {
  test('profiles are recalled as they stand, by their keys and by their ids', async () => {
    const store = await open();
    const [email, other] = [someEmail(), someEmail()];
    const [one, two] = [await created(store, creationOf({ newIdentifiers: [email] })), await created(store)];
    const keys = [email, other].map(matchKey);
    expect(await store.recall(keys, [two.id, 'profile-none'])).toEqual({
      owners: new Map([[keys[0], one.id]]),
      states: new Map([
        [one.id, one],
        [two.id, two],
      ]),
    });
    expect(await store.recall([], [])).toEqual({ owners: new Map(), states: new Map() });
  });

  test('what another process changed, gave away or erased is seen at once', async () => {
    const mine = await open();
    const theirs = await another();
    const email = someEmail();
    const key = matchKey(email);
    const state = await created(mine, creationOf({ newIdentifiers: [email] }));
    const changed = await committed(theirs, commitOf(state, { events: [someEvent({ traits: { city: 'Bern' } })] }));
    expect((await mine.recall([key], [])).states.get(state.id)).toEqual(changed);
    await mine.commit(commitOf(changed));
    await theirs.erase(await there(theirs, state.id), someTime);
    expect(await mine.recall([key], [])).toEqual({ owners: new Map(), states: new Map() });
    expect((await mine.recall([], [state.id])).states.get(state.id)?.head.life).toBe('erased');
    const heir = await created(theirs, creationOf({ newIdentifiers: [email] }));
    expect((await mine.recall([key], [])).owners).toEqual(new Map([[key, heir.id]]));
  });
};

/** What every adapter of the profile store promises of many profiles at once. */
export const manyProfilesSuite = (name: string, { open, another }: ManyProfilesParts): void => {
  describe(`${name}: committing many`, () => committing(open));
  describe(`${name}: asking many`, () => asking(open));
  describe(`${name}: recalling`, () => recalling(open, another));
};
