import type { IdentityDecision } from '../../../core/model/identity-decision.ts';
import { type ProfilePair, pairIdOf, profilesOfPair } from '../../../core/model/profile-pair.ts';
import { type ProfileTie, tieName } from '../../../core/model/profile-tie.ts';
import { type DecisionQuery, type IdentityStore, pairPartitions } from '../../../core/ports/identity-store.ts';
import {
  type Condition,
  everyItem,
  type Item,
  type Key,
  type Table,
  TransactionRefused,
  type Value,
  type Write,
} from '../../../core/ports/table.ts';
import { keys, scoreText } from './access-patterns.ts';
import { newestOf } from './profile-list.ts';

const everyPartition = Array.from({ length: pairPartitions }, (_, partition) => partition);
const keepDays = 365;
/** So many ties a process remembers that it has noted. */
const tiesMax = 50_000;
/** With a filter so many keys are looked at at once, and so many times in one request. */
const [keysAtOnce, looksMax] = [500, 4];

const documentIn = <Document>(item: Item): Document => item.d as unknown as Document;

/** Both keys of what is kept beside two profiles, that of the first one first. */
const bothKeys = ([one, other]: readonly [string, string], keyOf: (id: string, otherId: string) => Key): [Key, Key] => [
  keyOf(one, other),
  keyOf(other, one),
];

const pairWrites = (pair: ProfilePair, read: ProfilePair | undefined): Write[] => {
  const [main, mirror] = bothKeys(pair.profileIds, keys.pair);
  const list = keys.pairList(pairIdOf(...pair.profileIds), pair.status, pair.score);
  const when: Condition[] =
    read === undefined
      ? [{ attribute: 'pk', is: 'absent' }]
      : [{ attribute: 'd.version', is: '=', value: read.version }];
  const d = pair as unknown as Value;
  return [
    { kind: 'put', item: { ...main, ...list, d }, when },
    { kind: 'put', item: { ...mirror, d } },
  ];
};

const decisionWrites = (decision: IdentityDecision): Write[] => {
  const [main, mirror] = bothKeys(decision.profileIds, id => keys.decision(id, decision.id));
  const ttl = Math.floor(Date.parse(decision.at) / 1000) + keepDays * 86_400;
  const list = keys.decisionList(decision.id, decision.at, decision.decision);
  const d = decision as unknown as Value;
  return [
    { kind: 'put', item: { ...main, ...list, d, ttl } },
    { kind: 'put', item: { ...mirror, d, ttl } },
  ];
};

/** What identity knows, beside the profiles that it is about. */
export const tableIdentityStore = (table: Table): IdentityStore => {
  const noted = new Set<string>();
  const ofProfile = async <Document>(id: string, prefix: string): Promise<Document[]> => {
    const found: Document[] = [];
    for await (const item of everyItem(table, { pk: keys.profile(id), prefix, consistent: true }))
      found.push(documentIn(item));
    return found;
  };
  return {
    noteTies: async ties => {
      const fresh = new Map(ties.map(tie => [`${tie.profileId} ${tieName(tie)}`, tie]));
      for (const name of fresh.keys()) if (noted.has(name)) fresh.delete(name);
      if (fresh.size === 0) return;
      await table.writeEach([...fresh.values()].map(tiePut));
      if (noted.size > tiesMax) noted.clear();
      for (const name of fresh.keys()) noted.add(name);
    },
    tiesOf: id => ofProfile<ProfileTie>(id, 'G#'),
    pair: async pairId => {
      const ids = profilesOfPair(pairId);
      const item = ids && (await table.get(keys.pair(...ids), true));
      return item && documentIn<ProfilePair>(item);
    },
    pairsOf: id => ofProfile<ProfilePair>(id, 'K#'),
    keepPair: async (pair, read, decision) => {
      try {
        await table.transact([...pairWrites(pair, read), ...(decision ? decisionWrites(decision) : [])]);
        return true;
      } catch (refusal) {
        if (refusal instanceof TransactionRefused) return false;
        throw refusal;
      }
    },
    pairs: async ({ status, scoreMin, limit, cursor }) => {
      const places = everyPartition.map(partition => keys.pairPartition(status, partition));
      const page = await newestOf(table, places, limit, cursor, 0, { from: scoreText(scoreMin) });
      const found = await readListed<ProfilePair>(table, page.items);
      const items = found.filter(pair => pair.status === status && pair.score >= scoreMin);
      return { items, ...(page.next === undefined ? {} : { next: page.next }) };
    },
    decisions: query => (query.profileId === undefined ? allDecisions(table, query) : decisionsOf(table, query)),
  };
};

const tiePut = (tie: ProfileTie): Extract<Write, { kind: 'put' }> => ({
  kind: 'put',
  item: { ...keys.tie(tie.profileId, tieName(tie)), d: tie as unknown as Value },
  when: [{ attribute: 'pk', is: 'absent' }],
});

/** The items of some rows of the index, in their order. */
const readListed = async <Document>(table: Table, rows: readonly Item[]): Promise<Document[]> => {
  const found = await table.getMany(
    rows.map(({ pk, sk }) => ({ pk, sk })),
    true,
  );
  const byKey = new Map(found.map(item => [`${item.pk} ${item.sk}`, documentIn<Document>(item)]));
  return rows.flatMap(({ pk, sk }) => byKey.get(`${pk} ${sk}`) ?? []);
};

const allDecisions = async (table: Table, { decision, limit, cursor }: DecisionQuery) => {
  const places = everyPartition.map(keys.decisionPartition);
  const rows: Item[] = [];
  let place = cursor;
  for (let looks = 0; looks < looksMax && rows.length < limit; looks += 1) {
    const page = await newestOf(table, places, decision === undefined ? limit : keysAtOnce, place);
    rows.push(...page.items.filter(({ lsk }) => decision === undefined || String(lsk).split('#')[2] === decision));
    place = page.next;
    if (place === undefined) break;
  }
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? String(shown.at(-1)?.lsk) : place;
  return { items: await readListed<IdentityDecision>(table, shown), ...(next === undefined ? {} : { next }) };
};

/** One profile has few: they are read until enough fit. */
const decisionsOf = async (table: Table, { profileId = '', decision, limit, cursor }: DecisionQuery) => {
  const to = cursor === undefined ? 'L$' : keys.decision(profileId, cursor).sk;
  const query = { pk: keys.profile(profileId), from: 'L#', to, descending: true, consistent: true };
  const items: IdentityDecision[] = [];
  for await (const item of everyItem(table, query)) {
    const one = documentIn<IdentityDecision>(item);
    if (one.id === cursor || (decision !== undefined && one.decision !== decision)) continue;
    if (items.length === limit) return { items, next: items.at(-1)?.id ?? '' };
    items.push(one);
  }
  return { items };
};
