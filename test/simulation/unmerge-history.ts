import { differences } from '../../core/engines/profiles/differences.ts';
import { profileView } from '../../core/engines/profiles/profile-view.ts';
import { createProfile } from '../../core/flows/create-profile.ts';
import { mergeProfiles } from '../../core/flows/merge-profiles.ts';
import { unmergeProfiles } from '../../core/flows/unmerge-profiles.ts';
import { updateProfile } from '../../core/flows/update-profile.ts';
import type { Group } from '../../core/language/condition.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { type Identifier, matchKey } from '../../core/model/identifier.ts';
import type { AttributesPatch, ComputedPatch, ConsentPatch } from '../../core/model/profile.ts';
import type { ProfileState } from '../../core/model/profile-state.ts';
import { log } from '../../functions/kit/log.ts';
import { Loop } from '../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { dealOf } from './fold-schedule.ts';

const startedAt = Date.parse('2026-02-15T12:00:00.000Z');
const hour = 3_600_000;
/** Longer than anything waits for. */
const stepMilliseconds = 600_000;

/** The two who are merged and parted, one who is a part of the first before, and one who joins it for a while. */
const people = ['ann', 'bea', 'cleo', 'dora'] as const;
type Person = (typeof people)[number];

type Step =
  | { kind: 'fold'; events: AcceptedEvent[] }
  | {
      kind: 'edit';
      person: Person;
      attributes: AttributesPatch;
      consent?: ConsentPatch;
      computed?: ComputedPatch;
      identifiers: Identifier[];
    }
  | { kind: 'merge'; primary: Person; secondary: Person; strategy: 'most_recent' | 'most_complete' }
  | { kind: 'unmerge'; primary: Person; secondary: Person };

interface Timed {
  at: number;
  step: Step;
  /** Only in the history in which both are merged. */
  only?: 'merged';
}

const identifiersOf = (person: Person, random: SeededRandom): Identifier[] => [
  { type: 'customerId', value: `customer-${person}` },
  { type: 'email', value: `${person}@example.com` },
  { type: 'deviceId', value: `device-${person}` },
  ...(random.chance(0.5) ? [{ type: 'anonymousId' as const, value: `visitor-${person}` }] : []),
];

const saying = (random: SeededRandom): Pick<AcceptedEvent, 'traits' | 'consent'> => {
  if (random.chance(0.4)) return { consent: { [random.pick(['email', 'sms'])]: random.chance(0.5) } };
  if (random.chance(0.2)) return { traits: { tags: ['vip', 'new', 'old'].filter(() => random.chance(0.5)) } };
  const value = random.chance(0.15) ? null : `value-${random.below(4)}`;
  return random.chance(0.3)
    ? { traits: { customFields: { [random.pick(['plan', 'size'])]: value } } }
    : { traits: { [random.pick(['firstName', 'city'])]: value } };
};

interface Draft {
  random: SeededRandom;
  names: Map<Person, Identifier[]>;
  sent: AcceptedEvent[];
  count: number;
  /** Many events, of which few bring an identifier: a profile has room for some. */
  isBusy: boolean;
  /** Identifiers that the events of a window bring: known from then on. */
  brought: { person: Person; identifier: Identifier }[];
}

/** An event that comes by one of a person's identifiers, or by the id of its profile; now and then it brings a new one. */
const eventOf = (draft: Draft, at: number): AcceptedEvent => {
  const { random, names } = draft;
  const person = random.pick(['ann', 'ann', 'bea', 'bea', 'bea', 'cleo', 'dora'] as const);
  const own = names.get(person) ?? [];
  draft.count += 1;
  const number = draft.count;
  const named = random.chance(0.2);
  const anchor = random.pick(own);
  const brought = { type: 'cookie' as const, value: `cookie-${number}` };
  const fresh = random.chance(draft.isBusy ? 0.02 : 0.2) ? [brought] : [];
  draft.brought.push(...fresh.map(identifier => ({ person, identifier })));
  const said = random.chance(0.3) ? { type: 'identify', properties: {}, ...saying(random) } : undefined;
  const type = random.pick(['page_view', 'product_view', 'email_unsubscribe']);
  return {
    id: `event-${String(number).padStart(10, '0')}`,
    messageId: `message-${number}`,
    ...(said ?? (random.chance(0.6) ? dealOf(random) : { type, properties: {} })),
    timestamp: new Date(at - random.below(80) * hour).toISOString(),
    receivedAt: new Date(at).toISOString(),
    ...(named ? { profileId: `profile-${person}` } : {}),
    identifiers: named ? fresh : [anchor, ...fresh],
  };
};

const windowOf = (draft: Draft, at: number, most: number): Step => {
  const { random, sent } = draft;
  const events = Array.from({ length: 1 + random.below(most) }, () => eventOf(draft, at));
  const again = sent.filter(() => random.chance(0.05));
  sent.push(...events);
  for (const { person, identifier } of draft.brought.splice(0))
    draft.names.set(person, [...(draft.names.get(person) ?? []), identifier]);
  return { kind: 'fold', events: random.shuffled([...events, ...again]) };
};

const computedOf = (random: SeededRandom): ComputedPatch =>
  random.pick<ComputedPatch>([
    { ltv: String(random.below(1000) / 10) },
    { purchaseCount: random.below(9) },
    { churnRisk: random.below(100) },
    { lastSeenDate: '2026-02-14T00:00:00Z' },
    { aov: '12.5' },
  ]);

const editOf = (draft: Draft): Step => {
  const { random, names } = draft;
  const person = random.pick(['ann', 'bea', 'bea'] as const);
  draft.count += 1;
  const brought = { type: 'cookie' as const, value: `edited-${draft.count}` };
  const identifiers = random.chance(0.3) ? [brought] : [];
  names.set(person, [...(names.get(person) ?? []), ...identifiers]);
  const { traits: attributes = {}, consent } = saying(random);
  const computed = random.chance(0.4) ? { computed: computedOf(random) } : {};
  return { kind: 'edit', person, attributes, identifiers, ...(consent ? { consent } : {}), ...computed };
};

const stepsOf = (random: SeededRandom): Timed[] => {
  const names = new Map(people.map(person => [person, identifiersOf(person, random)]));
  const draft: Draft = { random, names, sent: [], count: 0, brought: [], isBusy: random.chance(0.1) };
  const steps: Timed[] = [];
  let at = startedAt;
  const most = draft.isBusy ? 60 : 5;
  const happen = (count: number): void => {
    for (let number = 0; number < count; number += 1) {
      at += stepMilliseconds;
      steps.push({ at, step: random.chance(0.25) ? editOf(draft) : windowOf(draft, at, most) });
    }
  };
  const join = (primary: Person, secondary: Person, only?: 'merged'): void => {
    at += stepMilliseconds;
    const strategy = random.pick(['most_recent', 'most_complete'] as const);
    steps.push({ at, step: { kind: 'merge', primary, secondary, strategy }, ...(only ? { only } : {}) });
  };
  const part = (primary: Person, secondary: Person, only?: 'merged'): void => {
    at += stepMilliseconds;
    steps.push({ at, step: { kind: 'unmerge', primary, secondary }, ...(only ? { only } : {}) });
  };
  happen(2 + random.below(6));
  if (random.chance(0.3)) join(random.pick(['ann', 'bea'] as const), 'cleo');
  happen(random.below(3));
  join('ann', 'bea', 'merged');
  happen(random.below(6));
  if (random.chance(0.25)) {
    join('ann', 'dora', 'merged');
    happen(random.below(4));
    part('ann', 'dora', 'merged');
  }
  happen(random.below(4));
  part('ann', 'bea', 'merged');
  happen(random.below(3));
  at += stepMilliseconds;
  steps.push({ at, step: { kind: 'fold', events: draft.sent } });
  return steps;
};

const rules: Group[] = [
  { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 100 }] },
  { operator: 'AND', conditions: [{ field: 'computed.purchaseCount', operator: '>=', value: 2 }] },
  { operator: 'AND', conditions: [{ field: 'attributes.city', operator: '=', value: 'value-1' }] },
  { operator: 'OR', conditions: [{ field: 'attributes.tags', operator: 'contains', value: 'vip' }] },
  { operator: 'AND', conditions: [{ field: 'consent.email', operator: '=', value: true }] },
];

/** What the lake is told is no matter here, and zipping it takes real time. */
const withoutLake = {
  snapshotParts: {
    add: async () => undefined,
    names: async () => [],
    remove: async () => undefined,
    setAside: async () => undefined,
  },
  eventCommitsIn: async () => ({ commits: [], unreadable: [] }),
};

const openLoop = (seed: number): Loop => new Loop({ seed, overrides: () => withoutLake });

const idOf = (person: Person): string => `profile-${person}`;

const perform = async (loop: Loop, step: Step): Promise<void> => {
  const tools = { ...loop.services, ...loop.services.settings, accountCurrency: 'USD' };
  if (step.kind === 'fold') return loop.fold(step.events);
  if (step.kind === 'edit') {
    const { person, kind: _kind, ...edit } = step;
    await updateProfile({ id: idOf(person), edit: () => edit, requestId: `request-${loop.clock.at}` }, tools);
    return;
  }
  const [primary, secondary] = [idOf(step.primary), idOf(step.secondary)];
  if (step.kind === 'merge') {
    const reason = { kind: 'manual' as const, score: 100, by: 'key-1' };
    const request = { profileIds: [secondary], primaryProfileId: primary, strategy: step.strategy, reason };
    await mergeProfiles(request, { ...tools, newId: prefix => `${prefix}-${loop.clock.at}` });
    return;
  }
  const mergeId = (await loop.services.profiles.get(secondary))?.head.mergedBy ?? '';
  await unmergeProfiles({ mergeId, reason: 'two people', by: 'key-1' }, tools);
};

/** Plays a history, with or without what is only in the one in which both are merged. */
const play = async (seed: number, steps: readonly Timed[], isMerged: boolean): Promise<Loop> => {
  const loop = openLoop(seed);
  const segments = [];
  for (const rule of rules) segments.push(await loop.segment(rule));
  await loop.run();
  loop.clock.at = startedAt;
  for (const person of people) {
    const externalIds = {
      customerId: `customer-${person}`,
      deviceIds: [`device-${person}`],
      anonymousIds: [`visitor-${person}`],
    };
    const options = { onConflict: 'reject' as const, requestId: `create-${person}`, source: 'api', saidAt: startedAt };
    await createProfile({ email: `${person}@example.com`, externalIds }, options, {
      ...loop.services,
      newId: () => idOf(person),
    });
  }
  for (const { at, step, only } of steps) {
    if (only === 'merged' && !isMerged) continue;
    loop.clock.at = Math.max(at, loop.clock.at);
    await perform(loop, step);
    if (seed % 4 === 0) await loop.work(30);
  }
  await loop.run();
  return loop;
};

const withoutVersions = ({ head, person }: ProfileState) => {
  const {
    version: _v,
    updatedAt: _u,
    ring: _r,
    ringFrom: _f,
    pages: _p,
    pageDays: _d,
    lastChunk: _l,
    ...keptHead
  } = head;
  const { orderPlaces: _o, merges: _m, ...rest } = keptHead;
  const { version: _pv, ...keptPerson } = person;
  return { ...rest, person: keptPerson };
};

const sorted = <Value>(values: readonly Value[]): Value[] =>
  values.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

/** All that the platform tells of a person. */
const toldOf = async (loop: Loop, person: Person) => {
  const { profiles, memberships } = loop.services;
  const state = await profiles.get(idOf(person));
  if (!state) return undefined;
  const { updatedAt: _u, ...view } = profileView(state);
  const stays = await memberships.ofProfile(state.id);
  const orderIds = await profiles.orderIds(state);
  const claims = await profiles.ownersOf(state.person.identifiers.map(({ key }) => key));
  return {
    view,
    state: withoutVersions(state),
    events: (await profiles.events(state)).map(({ id }) => id),
    ledger: sorted(await profiles.consentLedger(state.id)),
    segments: stays
      .filter(({ member }) => member)
      .map(({ segmentId }) => segmentId)
      .sort(),
    orderIds: orderIds.sort(),
    orders: await profiles.orders(orderIds.map(orderId => ({ profileId: state.id, orderId }))),
    claims: [...claims].sort(),
  };
};

type Told = Awaited<ReturnType<typeof toldOf>>;

const differencesOf = (person: Person, must: Told, is: Told): string[] =>
  differences(is, must).map(
    one => `${person}: ${one.path} is ${JSON.stringify(one.kept)} and not ${JSON.stringify(one.must)}`,
  );

/**
 * A history in which two people are merged and parted again, and the same one in which they never were: tells where any
 * person is not the same at the end, in anything that the platform tells of it.
 */
export const unmergeHistory = async (seed: number): Promise<string[]> => {
  log.setLogLevel('SILENT');
  const steps = stepsOf(seededRandom(seed));
  const [merged, apart] = [await play(seed, steps, true), await play(seed, steps, false)];
  const found: string[] = [];
  for (const person of people) {
    found.push(...differencesOf(person, await toldOf(apart, person), await toldOf(merged, person)));
  }
  for (const { type, value } of [...steps]
    .flatMap(({ step }) => ('events' in step ? step.events : []))
    .flatMap(event => event.identifiers)) {
    const key = matchKey({ type, value });
    const [must, is] = await Promise.all([apart, merged].map(loop => loop.services.profiles.ownersOf([key])));
    if (must?.get(key) !== is?.get(key)) found.push(`${key} belongs to ${is?.get(key)} and not to ${must?.get(key)}`);
  }
  return found;
};
