import type { StoredSegment } from '../../core/contract/segments.ts';
import { profileView } from '../../core/engines/profiles/profile-view.ts';
import { createSegment } from '../../core/flows/create-segment.ts';
import { deleteSegment } from '../../core/flows/delete-segment.ts';
import { addMembers, removeMember } from '../../core/flows/manual-members.ts';
import { pastEvent } from '../../core/flows/recent-events.ts';
import { rewriteSnapshot } from '../../core/flows/rewrite-snapshot.ts';
import { updateProfile } from '../../core/flows/update-profile.ts';
import { followDefinitions, updateSegment } from '../../core/flows/update-segment.ts';
import type { Condition } from '../../core/language/condition.ts';
import { readPath } from '../../core/language/read-path.ts';
import type { SegmentRules } from '../../core/language/segment-rules.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import { rfmCutsId, type StoredRfmCuts } from '../../core/model/rfm-cuts.ts';
import { log } from '../../functions/kit/log.ts';
import { customerEvent } from '../fixtures/customer-events.ts';
import { Loop } from '../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { type PlainCondition, type PlainPerson, type PlainScores, plainlyMatches } from './plain-rule.ts';

const [customers, epochs, actionsPerEpoch] = [5, 6, 4];
/** Each scan asks the real engine. */
const scannedEpochs = 2;
const hour = 3_600_000;
const cities = ['Berlin', 'Bern', 'Basel'] as const;
const types = ['page_view', 'email_open', 'plan chosen'] as const;
const categories = ['shoes', 'hats'] as const;

interface History {
  random: SeededRandom;
  loop: Loop;
  /** The segments that there are. */
  ids: string[];
  rulesCount: number;
}

const agoOf = (random: SeededRandom, loop: Loop): string =>
  new Date(loop.clock.at - random.below(20 * 24) * hour).toISOString();

const durationOf = (random: SeededRandom) => random.pick([1, 3, 7, 30, 'PT12H', 'P1W'] as const);
const boundsOf = (random: SeededRandom, low: number, width: number) =>
  random.pick([{ min: low }, { max: low }, { min: low, max: low + width }]);

const behaviourOf = (random: SeededRandom): Condition => {
  const where = () =>
    random.chance(0.3)
      ? {
          where: {
            field: 'properties.category',
            operator: random.pick(['=', '!='] as const),
            value: random.pick(categories),
          },
        }
      : {};
  const timed = random.chance(0.85) ? { timeWindow: durationOf(random) } : {};
  const event = () => random.pick([...types, 'purchase']);
  if (random.chance(0.25)) {
    const within = random.chance(0.5) ? { within: durationOf(random) } : {};
    return { sequence: [{ event: event(), ...where() }, { event: event() }], ...within, ...timed };
  }
  const asked = random.pick([
    { count: boundsOf(random, 1 + random.below(2), 1) },
    { count: { max: 0 } },
    { sum: boundsOf(random, 10 * random.below(5), 30) },
    {},
  ]);
  return { event: event(), ...asked, ...where(), ...timed };
};

const leafOf = ({ random, loop, ids }: History): Condition =>
  random.pick<() => Condition>([
    () => behaviourOf(random),
    () => behaviourOf(random),
    () => ({
      field: random.pick(['computed.lastPurchaseDate', 'computed.lastSeenDate']),
      operator: 'within_last',
      value: durationOf(random),
    }),
    () => ({
      field: 'computed.lastPurchaseDate',
      operator: random.pick(['before', 'after'] as const),
      value: agoOf(random, loop),
    }),
    () => ({ field: 'computed.ltv', operator: random.pick(['>', '<='] as const), value: 10 * random.below(10) }),
    () => ({ field: 'computed.churnRisk', operator: 'between', value: [20, 70] }),
    () => ({
      field: 'attributes.city',
      operator: random.pick(['=', '!=', 'starts_with'] as const),
      value: random.pick(cities),
    }),
    () => ({ field: 'consent.email', operator: '=', value: random.chance(0.5) }),
    () => (ids.length > 0 ? { segment: random.pick(ids) } : { field: 'attributes.city', operator: 'exists' }),
    () => ({
      rfm: random.pick([
        { recency: boundsOf(random, 2, 2) },
        { monetary: boundsOf(random, 3, 1) },
        { group: 'champions' as const },
        { group: 'hibernating' as const },
      ]),
    }),
  ])();

const groupOf = (history: History, depth = 0): Extract<Condition, { conditions: unknown }> => {
  const { random } = history;
  const part = (): Condition => (depth < 2 && random.chance(0.3) ? groupOf(history, depth + 1) : leafOf(history));
  if (random.chance(0.15)) return { operator: 'NOT', conditions: [part()] };
  return {
    operator: random.pick(['AND', 'OR'] as const),
    conditions: Array.from({ length: 1 + random.below(3) }, part),
  };
};

type Given = Pick<StoredSegment, 'type' | 'rules' | 'parentId'>;

/** A definition of any type, in the short form of its type now and then. */
const definitionOf = (history: History): Given => {
  const { random, ids } = history;
  const parent = ids.length > 0 && random.chance(0.1) ? { parentId: random.pick(ids) } : {};
  return random.pick<() => Given>([
    () => ({ type: 'rule-based', rules: groupOf(history), ...parent }),
    () => ({ type: 'rule-based', rules: groupOf(history), ...parent }),
    () => ({ type: 'behavioral', rules: behaviourOf(random) as SegmentRules, ...parent }),
    () => ({ type: 'rfm', rules: { recency: boundsOf(random, 2, 2), frequency: boundsOf(random, 1, 3) } }),
    () => ({ type: 'predictive', rules: { churnRisk: boundsOf(random, 40, 20) } }),
    () => ({ type: 'manual' }),
  ])();
};

/** What a definition says, without the platform's own reading of short forms. */
const plainRuleOf = ({ rules, parentId }: Given): PlainCondition => {
  const given = (rules ?? { operator: 'OR', conditions: [] }) as PlainCondition &
    PlainScores & { churnRisk?: { min?: number; max?: number } };
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = given.churnRisk ?? {};
  const own: PlainCondition = given.churnRisk
    ? { field: 'computed.churnRisk', operator: 'between', value: [min, max] }
    : given.recency || given.frequency
      ? { rfm: given }
      : given;
  return parentId === undefined ? own : { operator: 'AND', conditions: [{ segment: parentId }, own] };
};

const define = async (history: History): Promise<void> => {
  const made = await createSegment({ name: 'Segment', ...definitionOf(history) }, history.loop.services);
  history.ids.push(made.id);
};

/** A definition that would depend on itself is refused; then nothing happens. */
const redefine = async (history: History): Promise<void> => {
  const { random, ids, loop } = history;
  const id = random.pick(ids);
  const before = await loop.services.segments.get(id);
  if (!before || before.type === 'manual') return;
  const rules = groupOf(history);
  await updateSegment({ id, patch: { type: 'rule-based', rules } }, loop.services).catch((fault: Error) => {
    if (!/depends on this segment/.test(fault.message)) throw fault;
  });
};

const drop = async ({ random, ids, loop }: History): Promise<void> => {
  const [id] = ids.splice(random.below(ids.length), 1);
  if (id) await deleteSegment(id, true, loop.services);
};

const cut = async ({ random, loop }: History): Promise<void> => {
  const { rfmCuts } = loop.services;
  const known = await rfmCuts.get(rfmCutsId);
  const rising = (value: () => number) => Array.from({ length: 4 }, value).sort((left, right) => left - right);
  const cuts: StoredRfmCuts = {
    id: rfmCutsId,
    version: (known?.version ?? 0) + 1,
    at: new Date(loop.clock.at).toISOString(),
    buyers: 1,
    recency: rising(() => Date.parse(agoOf(random, loop))),
    frequency: rising(() => random.below(4)),
    monetary: rising(() => 10 * random.below(10)),
  };
  await (known ? rfmCuts.replace(cuts) : rfmCuts.add(cuts));
  await followDefinitions(loop.services);
};

const everybody = async ({ loop }: History): Promise<ProfileState[]> => {
  const { ids } = await loop.services.profiles.list(1000);
  return [...(await loop.services.profiles.getMany(ids)).values()];
};

const byHand = async (history: History): Promise<void> => {
  const { random, loop, ids } = history;
  const all = await loop.services.segments.all();
  const hands = all.filter(({ id, type }) => type === 'manual' && ids.includes(id));
  const people = await everybody(history);
  if (hands.length === 0 || people.length === 0) return;
  const [segment, profile] = [random.pick(hands), random.pick(people)];
  if (random.chance(0.6)) await addMembers(segment.id, [profile.id], loop.services);
  else await removeMember(segment.id, profile.id, loop.services);
};

const predict = async (history: History): Promise<void> => {
  const people = await everybody(history);
  if (people.length === 0) return;
  const { random, loop } = history;
  const computed = { churnRisk: random.below(100) };
  const edit = () => ({ attributes: {}, identifiers: [], computed });
  await updateProfile(
    { id: random.pick(people).id, edit, requestId: `request-${loop.clock.at}-${random.below(1e9)}` },
    loop.services,
  );
};

const eventOf = ({ random, loop }: History): AcceptedEvent => {
  const [customer, at] = [`c${random.below(customers)}`, agoOf(random, loop)];
  const other = (): AcceptedEvent => ({
    ...customerEvent(customer, { at }),
    type: random.pick(types),
    properties: random.chance(0.5) ? { category: random.pick(categories) } : {},
  });
  return random.pick([
    () => customerEvent(customer, { amount: 1 + random.below(40), at }),
    other,
    other,
    () => customerEvent(customer, { traits: { city: random.chance(0.2) ? null : random.pick(cities) }, at }),
    () => customerEvent(customer, { consent: { email: random.chance(0.5) }, at }),
  ])();
};

const fold = async (history: History): Promise<void> => {
  await history.loop.fold(Array.from({ length: 1 + history.random.below(4) }, () => eventOf(history)));
};

/** Time goes on: an hour, or days, and whatever is due is done. */
const jump = async ({ random, loop }: History): Promise<void> => {
  loop.clock.advance(random.pick([1, 13, 24, 80, 24 * 8]) * hour + random.below(hour));
  await loop.tick();
};

/** Whatever was committed is in the files of the snapshot. */
const takeSnapshot = async ({ loop }: History): Promise<void> => {
  await loop.run();
  await rewriteSnapshot(loop.services);
};

const act = (history: History): Promise<void> =>
  history.random.pick([
    fold,
    fold,
    fold,
    fold,
    predict,
    byHand,
    byHand,
    redefine,
    redefine,
    drop,
    define,
    cut,
    jump,
    jump,
  ])(history);

const plainPerson = async (
  state: ProfileState,
  rules: ReadonlyMap<string, StoredSegment>,
  history: History,
): Promise<PlainPerson> => {
  const { services, clock } = history.loop;
  const view = profileView(state);
  const events = (await services.profiles.events(state)).map(pastEvent);
  const hands = new Set(
    (await services.memberships.ofProfile(state.id)).filter(({ member }) => member).map(({ segmentId }) => segmentId),
  );
  const person: PlainPerson = {
    read: field => readPath(view, field),
    events,
    cuts: await services.rfmCuts.get(rfmCutsId),
    now: clock.at,
    isIn: id => {
      const segment = rules.get(id);
      if (!segment) return false;
      return segment.type === 'manual' ? hands.has(id) : plainlyMatches(plainRuleOf(segment), person);
    },
  };
  return person;
};

/** Who is wrongly in a segment, or wrongly not. */
const findings = async (history: History): Promise<string[]> => {
  const { memberships, segments } = history.loop.services;
  const rules = new Map((await segments.all()).map(segment => [segment.id, segment]));
  const found: string[] = [];
  for (const state of await everybody(history)) {
    const person = await plainPerson(state, rules, history);
    const stays = await memberships.ofProfile(state.id);
    const isMember = new Set(stays.filter(({ member }) => member).map(({ segmentId }) => segmentId));
    for (const segment of rules.values()) {
      const must = person.isIn(segment.id);
      if (must !== isMember.has(segment.id))
        found.push(`${state.id} is ${must ? 'not ' : ''}in ${segment.id}: ${JSON.stringify(plainRuleOf(segment))}`);
    }
  }
  return found;
};

/**
 * Events, people, scores, definitions of every type and time go on; now and then every batch is delivered twice. Tells
 * whose memberships are not what evaluating everybody from scratch, plainly, gives. `scanned`: a snapshot stands from
 * the beginning on, by which definitions are held against everybody, and is brought into files now and then.
 */
export const segmentHistory = async (seed: number, rulesCount = 50, scanned = false): Promise<string[]> => {
  log.setLogLevel('SILENT');
  const random = seededRandom(seed);
  const loop = new Loop({ seed, twice: random.chance(0.3) });
  const history: History = { random, loop, ids: [], rulesCount };
  await fold(history);
  if (scanned) await takeSnapshot(history);
  while (history.ids.length < rulesCount) await define(history);
  for (let epoch = 0; epoch < (scanned ? scannedEpochs : epochs); epoch += 1) {
    if (scanned && random.chance(0.4)) await takeSnapshot(history);
    for (let action = 0; action < actionsPerEpoch; action += 1) {
      await act(history);
      if (random.chance(0.5)) await loop.work(random.below(40));
    }
    await loop.run();
    /** Half of the time nothing else happens before everybody is looked at. */
    if (random.chance(0.5)) await jump(history);
    else await loop.tick();
    await loop.run();
    const found = await findings(history);
    if (found.length > 0) return found;
  }
  return [];
};
