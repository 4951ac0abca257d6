import type { Audience } from '../../core/contract/audiences.ts';
import type { StoredSegment } from '../../core/contract/segments.ts';
import { computedValues } from '../../core/engines/profiles/computed-values.ts';
import { createSegment } from '../../core/flows/create-segment.ts';
import { type DeleteSegmentTools, deleteSegment } from '../../core/flows/delete-segment.ts';
import type { StoredJob } from '../../core/flows/stored-job.ts';
import { updateSegment } from '../../core/flows/update-segment.ts';
import type { Condition, Group } from '../../core/language/condition.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import type { Table } from '../../core/ports/table.ts';
import { keys } from '../../functions/adapters/stores/access-patterns.ts';
import { tableCollection, tableCommitTogether } from '../../functions/adapters/stores/table-collection.ts';
import { log } from '../../functions/kit/log.ts';
import { customerEvent } from '../fixtures/customer-events.ts';
import { faults, faultyTable, TableFault } from '../fixtures/faulty-table.ts';
import { Loop } from '../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { seededTurns, withPauses } from '../fixtures/seeded-turns.ts';
import { type PlainRecord, plainlyMatches } from './plain-rule.ts';

const [customers, rules, rulesAtFirst, actions, faultsMax, workers] = [6, 20, 14, 30, 40, 4];
const [turnsBetweenMax, pauseTurnsMax] = [300, 1_500];
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
const recordOf = ({ head, person }: ProfileState): PlainRecord => {
  const { ltv, purchaseCount, lastPurchaseDate } = computedValues(head.counters);
  return {
    'computed.ltv': Number(ltv),
    'computed.purchaseCount': purchaseCount,
    'computed.lastPurchaseDate': lastPurchaseDate,
    'attributes.city': person.attributes.city,
    'attributes.tags': person.attributes.tags,
    'consent.email': person.consent.email?.granted,
  };
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

/**
 * Events, and definitions that come, change and go, while the workers of memberships are under way: over a table that
 * fails now and then, with every batch delivered twice. Tells whose memberships are not what evaluating everybody from
 * scratch gives.
 */
export const membershipHistory = async (seed: number): Promise<string[]> => {
  log.setLogLevel('SILENT');
  const random = seededRandom(seed);
  let left = faultsMax;
  const turn = seededTurns(seededRandom(seed ^ 0x7a11));
  const next = () => {
    if (left === 0 || !random.chance(0.03)) return undefined;
    left -= 1;
    return random.pick(faults);
  };
  const paused = withPauses(turn, seededRandom(seed ^ 0x9a), {
    probability: random.pick([0.01, 0.03]),
    turnsMax: pauseTurnsMax,
  });
  const parts: { plain?: Table } = {};
  const wrap = (table: Table): Table => {
    parts.plain = table;
    return faultyTable(table, { turn: paused, next });
  };
  const loop = new Loop({ seed, twice: random.chance(0.5), wrap });
  const definers = definingTools(loop, parts.plain ?? loop.table);
  const ids: string[] = [];
  let made = 0;
  for (; made < rulesAtFirst; made += 1) {
    const named = { name: 'Segment', type: 'rule-based' as const, rules: groupOf(random) };
    ids.push((await createSegment(named, definers)).id);
  }
  let over = false;
  const work = async (): Promise<void> => {
    for (; !over; await turn()) await loop.work(5);
  };
  const working = Array.from({ length: workers }, work);
  for (let action = 0; action < actions; action += 1) {
    const events = Array.from({ length: 1 + random.below(4) }, () => eventOf(random));
    const folding = () => insist(() => loop.fold(events));
    const define = async () => {
      if (made >= rules) return;
      made += 1;
      const { id } = await createSegment({ name: 'Segment', type: 'rule-based', rules: groupOf(random) }, definers);
      ids.push(id);
    };
    const redefine = async () => {
      const id = ids.length > 0 ? random.pick(ids) : undefined;
      if (id) await updateSegment({ id, patch: { rules: groupOf(random) } }, definers);
    };
    const drop = async () => {
      const [id] = ids.splice(random.below(ids.length), 1);
      if (id) await deleteSegment(id, true, definers);
    };
    const chosen = random.pick([async () => {}, define, redefine, redefine, drop]);
    for (let turns = random.below(turnsBetweenMax); turns > 0; turns -= 1) await turn();
    await Promise.all([folding(), chosen()]);
  }
  over = true;
  await Promise.all(working);
  left = 0;
  await loop.run();
  return findings(loop, ids);
};

/** Definitions are changed through a table of their own, whose answers are plain: their ambiguity is not the subject. */
const definingTools = ({ services }: Loop, plain: Table): DeleteSegmentTools => ({
  ...services,
  segments: tableCollection<StoredSegment>(plain, keys.segment),
  audiences: tableCollection<Audience>(plain, keys.audience),
  jobs: tableCollection<StoredJob>(plain, keys.job),
  commitTogether: tableCommitTogether(plain),
});

const findings = async (loop: Loop, ids: readonly string[]): Promise<string[]> => {
  const { profiles, segments } = loop.services;
  const { ids: everybody } = await profiles.list(1000);
  const states = await profiles.getMany(everybody);
  const found: string[] = [];
  const standing = new Map<string, boolean>();
  for (const { pk, sk, m } of loop.contents()) {
    if (!sk.startsWith('X#')) continue;
    const segmentId = sk.slice('X#'.length);
    if (!ids.includes(segmentId)) found.push(`${pk} ${sk} is left of a deleted segment`);
    standing.set(`${pk.slice('P#'.length)} ${segmentId}`, (m as { member: boolean }).member);
  }
  for (const id of ids) {
    const segment = await segments.get(id);
    if (!segment) {
      found.push(`${id} is gone`);
      continue;
    }
    for (const [profileId, state] of states) {
      const must = plainlyMatches(segment.rules, recordOf(state));
      const is = standing.get(`${profileId} ${id}`) ?? false;
      if (is !== must) found.push(`${profileId} is ${is ? '' : 'not '}in ${id}: ${JSON.stringify(segment.rules)}`);
    }
  }
  return found;
};
