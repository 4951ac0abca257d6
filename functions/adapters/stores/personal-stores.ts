import type { Item, Table } from '../../../core/ports/table.ts';
import { everyItem } from '../../../core/ports/table.ts';
import { keyOf } from '../table/key-of.ts';
import { keys } from './access-patterns.ts';
import type { itemKinds } from './item-kinds.ts';
import { quarantinedOf, redrivePatchesOf } from './quarantined-events.ts';
import { blocksHolding, leaveBlocks } from './table-block-index.ts';

/** Whose data: by id, and by match keys as long as they are known (erasure forgets them). */
export interface Person {
  profileId: string;
  matchKeys: readonly string[];
}

/** One kind of item that holds personal data. */
export interface PersonalStore {
  /** What is kept of a person. */
  hold(person: Person): Promise<Item[]>;
  /** Removes it; returns how many items. */
  sweep(person: Person): Promise<number>;
  /** Counts what is left that should not be. */
  verify(person: Person): Promise<number>;
}

type Kinds = typeof itemKinds;
/** Every kind of item that is marked as personal. */
export type PersonalKind = { [Kind in keyof Kinds]: Kinds[Kind]['personal'] extends true ? Kind : never }[keyof Kinds];

type Find = (person: Person) => Promise<Item[]>;

/** Whom a pair or a decision is about. */
const profileIdsIn = (item: Item): string[] => (item.d as { profileIds?: string[] }).profileIds ?? [];

const itemsOf = async (items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

/**
 * Where personal data is, kind by kind: what is held of a person, how it is removed, and what is left. A kind that is
 * marked as personal and stands not here does not compile.
 */
export const personalStores = (table: Table, now: () => number) => {
  const swept = (hold: Find): PersonalStore => ({
    hold,
    sweep: async person => {
      const held = await hold(person);
      await table.writeMany(held.map(item => ({ kind: 'delete', key: keyOf({ kind: 'put', item }) })));
      return held.length;
    },
    verify: async person => (await hold(person)).length,
  });
  const inPartition = (prefix: string): PersonalStore =>
    swept(({ profileId }) => itemsOf(everyItem(table, { pk: keys.profile(profileId), prefix, consistent: true })));
  /** Stands beside the other profile as well. */
  const besideBoth = (prefix: string, keyOf: (otherId: string, item: Item) => { pk: string; sk: string }) => {
    const store = inPartition(prefix);
    return {
      ...store,
      sweep: async (person: Person) => {
        const held = await store.hold(person);
        const others = held.flatMap(item =>
          profileIdsIn(item).flatMap(id => (id === person.profileId ? [] : [keyOf(id, item)])),
        );
        await table.writeMany([
          ...held.map(({ pk, sk }) => ({ kind: 'delete' as const, key: { pk, sk } })),
          ...others.map(key => ({ kind: 'delete' as const, key })),
        ]);
        return held.length;
      },
    };
  };
  const single = async (key: { pk: string; sk: string }): Promise<Item[]> => {
    const item = await table.get(key, true);
    return item ? [item] : [];
  };
  const heads: Find = ({ profileId }) => single(keys.head(profileId));
  /** Stays until each destination was told; whoever tells them removes it. */
  const untilTold = (prefix: string): PersonalStore => ({ ...inPartition(prefix), sweep: async () => 0 });
  return {
    /** The tombstone stays: it refuses every later fold, and holds nothing but its times. */
    head: {
      hold: heads,
      sweep: async () => 0,
      verify: async person =>
        (await heads(person)).filter(({ h }) => (h as { life?: unknown }).life !== 'erased').length,
    },
    person: swept(({ profileId }) => single(keys.person(profileId))),
    chunk: inPartition('E#'),
    page: inPartition('D#'),
    order: inPartition('O#'),
    jointOrder: inPartition('J#'),
    merge: inPartition('M#'),
    consent: inPartition('C#'),
    changes: inPartition(keys.changesPrefix),
    membership: inPartition('X#'),
    stay: inPartition(keys.staysPrefix),
    flipTimer: swept(({ profileId }) => single(keys.flipTimer(profileId))),
    recipient: untilTold('Y#'),
    undelivered: untilTold('W#'),
    syncOutcome: inPartition('Z#'),
    told: inPartition('T#'),
    untold: inPartition('U#'),
    tie: inPartition('G#'),
    pair: besideBoth('K#', (id, item) => keys.pair(id, profileIdsIn(item).find(one => one !== id) ?? '')),
    decision: besideBoth('L#', (id, { sk }) => ({ pk: keys.profile(id), sk })),
    /** Before what lists them. */
    block: {
      hold: ({ profileId }: Person) => blocksHolding(table, profileId),
      sweep: ({ profileId }: Person) => leaveBlocks(table, profileId),
      verify: async ({ profileId }: Person) => (await blocksHolding(table, profileId)).length,
    },
    blocksOf: swept(({ profileId }) => single(keys.blocksOf(profileId))),
    /** Goes with the profile's own erasure, in one transaction. */
    claim: swept(async ({ profileId, matchKeys }) =>
      (await table.getMany(matchKeys.map(keys.claim), true)).filter(item => item.profileId === profileId),
    ),
    quarantined: swept(person => quarantinedOf(table, person, now())),
    redrivePatch: swept(person => redrivePatchesOf(table, person)),
    /** An answer that was given to a request expires within a day; until then it is found by the id it tells. */
    answer: swept(async ({ profileId }) =>
      (await itemsOf(everyItem(table, { pk: keys.answer('').pk, consistent: true }))).filter(item =>
        JSON.stringify(item).includes(profileId),
      ),
    ),
  } satisfies Record<PersonalKind, PersonalStore>;
};

/** Removes what every store holds of a person, one after the other. Returns how many items. */
export const sweepPerson = async (stores: Readonly<Record<string, PersonalStore>>, person: Person): Promise<number> => {
  let swept = 0;
  for (const store of Object.values(stores)) swept += await store.sweep(person);
  return swept;
};
