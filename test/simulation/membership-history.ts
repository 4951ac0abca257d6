import type { Audience } from '../../core/contract/audiences.ts';
import type { StoredSegment } from '../../core/contract/segments.ts';
import { computedValues } from '../../core/engines/profiles/computed-values.ts';
import type { StoredSegmentVersion } from '../../core/flows/adding-version.ts';
import { createSegment } from '../../core/flows/create-segment.ts';
import { type DeleteSegmentTools, deleteSegment } from '../../core/flows/delete-segment.ts';
import type { StoredJob } from '../../core/flows/stored-job.ts';
import { updateSegment } from '../../core/flows/update-segment.ts';
import type { Condition, Group } from '../../core/language/condition.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import type { StoredRfmCuts } from '../../core/model/rfm-cuts.ts';
import type { StoredTrait } from '../../core/model/trait.ts';
import type { ProfileStore } from '../../core/ports/profile-store.ts';
import type { Table } from '../../core/ports/table.ts';
import { keys } from '../../functions/adapters/stores/access-patterns.ts';
import { tableCollection, tableCommitTogether } from '../../functions/adapters/stores/table-collection.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { log } from '../../functions/kit/log.ts';
import { customerEvent } from '../fixtures/customer-events.ts';
import { faults, faultyTable, TableFault } from '../fixtures/faulty-table.ts';
import { Loop } from '../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { seededTurns, withPauses } from '../fixtures/seeded-turns.ts';
import { type PlainPerson, type PlainRule, plainlyMatches } from './plain-rule.ts';

const [customers, rulesMax, rulesAtFirst, workers] = [4, 20, 14, 4];
/** Memberships are looked at after each epoch: a later change of a person would cover what went wrong before. */
const [epochs, actionsPerEpoch, turnsBetweenMax] = [10, 3, 50];
const [faultProbability, faultsMax, heldUpProbability] = [0.03, 40, 0.5];
/** For how many turns a process may be held up before a transaction: a few steps of others, or a whole evaluation. */
const heldUpTurnsMax = [300, 600, 2_000] as const;
const cities = ['Berlin', 'Bern', 'Basel'] as const;
const tags = ['vip', 'new', 'trial'] as const;
const day = (n: number): string => `2026-02-${String(1 + n).padStart(2, '0')}T11:00:00.000Z`;

const comparisonOf = (random: SeededRandom): Condition =>
  random.pick<() => Condition>([
    () => ({
      field: 'computed.ltv',
      operator: random.pick(['>', '>=', '<', '<='] as const),
      value: 10 * random.below(10),
    }),
    () => ({ field: 'computed.ltv', operator: 'between', value: [10 * random.below(5), 50 + 10 * random.below(5)] }),
    () => ({
      field: 'computed.purchaseCount',
      operator: random.pick(['=', '!=', '>='] as const),
      value: random.below(5),
    }),
    () => ({
      field: 'computed.lastPurchaseDate',
      operator: random.pick(['before', 'after'] as const),
      value: day(random.below(14)),
    }),
    () => ({ field: 'computed.lastPurchaseDate', operator: random.pick(['exists', 'not_exists'] as const) }),
    () => ({ field: 'attributes.city', operator: random.pick(['=', '!='] as const), value: random.pick(cities) }),
    () => ({
      field: 'attributes.city',
      operator: random.pick(['in', 'not_in'] as const),
      value: [random.pick(cities), 'Bonn'],
    }),
    () => ({ field: 'attributes.city', operator: random.pick(['contains', 'starts_with'] as const), value: 'be' }),
    () => ({ field: 'attributes.tags', operator: 'contains', value: random.pick(tags) }),
    () => ({ field: 'consent.email', operator: random.pick(['=', '!='] as const), value: random.chance(0.5) }),
  ])();

const groupOf = (random: SeededRandom, depth = 0): Group => ({
  operator: random.pick(['AND', 'OR'] as const),
  conditions: Array.from({ length: 1 + random.below(3) }, () =>
    depth < 2 && random.chance(0.25) ? groupOf(random, depth + 1) : comparisonOf(random),
  ),
});

const eventOf = (random: SeededRandom): AcceptedEvent => {
  const customer = `c${random.below(customers)}`;
  const at = day(random.below(14));
  return random.pick([
    () => customerEvent(customer, { amount: 1 + random.below(40), at }),
    () => customerEvent(customer, { traits: { city: random.chance(0.2) ? null : random.pick(cities) }, at }),
    () => customerEvent(customer, { traits: { tags: tags.filter(() => random.chance(0.5)) }, at }),
    () => customerEvent(customer, { consent: { email: random.chance(0.5) }, at }),
  ])();
};

/** What rules ask, of a profile as it is kept. */
const recordOf = ({ head, person }: ProfileState, now: number): PlainPerson => {
  const { ltv, purchaseCount, lastPurchaseDate } = computedValues(head.counters);
  const record: Record<string, unknown> = {
    'computed.ltv': Number(ltv),
    'computed.purchaseCount': purchaseCount,
    'computed.lastPurchaseDate': lastPurchaseDate,
    'attributes.city': person.attributes.city,
    'attributes.tags': person.attributes.tags,
    'consent.email': person.consent.email?.granted,
  };
  return { read: field => record[field], events: [], isIn: () => false, now };
};

/** Tries until the table lets it. */
const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof TableFault)) throw fault;
    }
  }
};

interface History {
  random: SeededRandom;
  loop: Loop;
  turn: () => Promise<void>;
  /** What is there without any fault. */
  profiles: ProfileStore;
  definers: DeleteSegmentTools;
  /** The segments that there are. */
  ids: string[];
  /** How many there have been. */
  made: number;
}

const openHistory = (seed: number): History => {
  const random = seededRandom(seed);
  const turn = seededTurns(seededRandom(seed ^ 0x7a11));
  const tables: Table[] = [];
  const wrap = (plain: Table): Table => {
    tables.push(plain);
    return hostileTable(plain, turn, seededRandom(seed ^ 0x401d));
  };
  const loop = new Loop({ seed, twice: random.chance(0.5), wrap });
  const [plain = loop.table] = tables;
  const profiles = tableProfileStore(
    plain,
    () => 'attempt',
    () => loop.clock.at,
  );
  return { random, loop, turn, profiles, definers: definingTools(loop, plain), ids: [], made: 0 };
};

/** A table that fails now and then, and before whose transactions a process may be held up while others go on. */
const hostileTable = (plain: Table, turn: () => Promise<void>, random: SeededRandom): Table => {
  let left = faultsMax;
  const next = () => {
    if (left === 0 || !random.chance(faultProbability)) return undefined;
    left -= 1;
    return random.pick(faults);
  };
  const faulty = faultyTable(plain, { turn, next });
  const heldUp = withPauses(turn, random, { probability: heldUpProbability, turnsMax: random.pick(heldUpTurnsMax) });
  return {
    ...faulty,
    transact: async writes => {
      await heldUp();
      return faulty.transact(writes);
    },
  };
};

/** Definitions are changed through a table of their own, whose answers are plain: their ambiguity is not the subject. */
const definingTools = ({ services }: Loop, plain: Table): DeleteSegmentTools => ({
  ...services,
  segments: tableCollection<StoredSegment>(plain, keys.segment),
  segmentVersions: segmentId => tableCollection<StoredSegmentVersion>(plain, id => keys.segmentVersion(segmentId, id)),
  rfmCuts: tableCollection<StoredRfmCuts>(plain, keys.rfmCuts),
  traits: tableCollection<StoredTrait>(plain, keys.trait),
  audiences: tableCollection<Audience>(plain, keys.audience),
  jobs: tableCollection<StoredJob>(plain, keys.job),
  commitTogether: tableCommitTogether(plain),
});

const define = async (history: History): Promise<void> => {
  if (history.made >= rulesMax) return;
  history.made += 1;
  const given = { name: 'Segment', type: 'rule-based' as const, rules: groupOf(history.random) };
  history.ids.push((await createSegment(given, history.definers)).id);
};

const redefine = async ({ random, ids, definers }: History): Promise<void> => {
  if (ids.length > 0) await updateSegment({ id: random.pick(ids), patch: { rules: groupOf(random) } }, definers);
};

const drop = async ({ random, ids, definers }: History): Promise<void> => {
  const [id] = ids.splice(random.below(ids.length), 1);
  if (id) await deleteSegment(id, true, definers);
};

const act = async (history: History): Promise<void> => {
  const { random, loop, turn } = history;
  for (let turns = random.below(turnsBetweenMax); turns > 0; turns -= 1) await turn();
  const events = Array.from({ length: 1 + random.below(4) }, () => eventOf(random));
  const change = random.pick([async () => {}, define, redefine, redefine, drop]);
  await Promise.all([insist(() => loop.fold(events)), change(history)]);
};

/** Acts while the workers are under way, and waits until nothing is left for them; no message is gone for good. */
const runEpoch = async (history: History): Promise<void> => {
  let over = false;
  const working = Array.from({ length: workers }, () => history.loop.workBeside(() => over));
  for (let action = 0; action < actionsPerEpoch; action += 1) await act(history);
  over = true;
  await Promise.all(working);
  if (history.loop.messages.deadLetters.length === 0) return;
  history.loop.messages.redrive();
  await history.loop.run();
};

/** What is kept of memberships, by profile and segment. */
const keptStays = (loop: Loop): { profileId: string; segmentId: string; member: boolean }[] =>
  loop
    .contents()
    .filter(({ sk }) => sk.startsWith('X#'))
    .map(({ pk, sk, m }) => ({
      profileId: pk.slice('P#'.length),
      segmentId: sk.slice('X#'.length),
      member: (m as { member: boolean }).member,
    }));

const findings = async ({ loop, profiles, definers, ids }: History): Promise<string[]> => {
  const { ids: everybody } = await profiles.list(1000);
  const states = [...(await profiles.getMany(everybody)).values()];
  const stays = keptStays(loop);
  const left = stays.filter(({ segmentId }) => !ids.includes(segmentId));
  const found = left.map(({ profileId, segmentId }) => `${profileId} is known in ${segmentId}, which was deleted`);
  const isMember = new Set(stays.filter(({ member }) => member).map(stay => `${stay.profileId} ${stay.segmentId}`));
  for (const { id, rules } of await definers.segments.all()) {
    const wrong = states.filter(
      state => isMember.has(`${state.id} ${id}`) !== plainlyMatches(rules as PlainRule, recordOf(state, loop.clock.at)),
    );
    found.push(...wrong.map(state => `${state.id} is wrongly in, or not in, ${id}: ${JSON.stringify(rules)}`));
  }
  return found;
};

/**
 * Events, and definitions that come, change and go, while several workers of memberships are under way over a table that
 * fails, and every batch is delivered twice in half of the histories. Tells whose memberships are not what evaluating
 * everybody from scratch gives.
 */
export const membershipHistory = async (seed: number): Promise<string[]> => {
  log.setLogLevel('SILENT');
  const history = openHistory(seed);
  while (history.made < rulesAtFirst) await define(history);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    await runEpoch(history);
    const found = await findings(history);
    if (found.length > 0) return found;
  }
  return [];
};
