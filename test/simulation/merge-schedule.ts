import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { Identifier } from '../../core/model/identifier.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { dealOf, lanes, type SimulatedRecord, startedAt } from './fold-schedule.ts';

/** Who is there before anything happens; the last two come to be by their events. */
export const everybody = ['ann', 'bea', 'cleo', 'dora', 'new-1', 'new-2'] as const;
export type Somebody = (typeof everybody)[number];

export const isKnown = (person: Somebody): boolean => !person.startsWith('new-');
export const profileOf = (person: Somebody): string => `profile-${person}`;
export const customerKey = (person: Somebody): string => `customerId#customer-${person}`;

/** What somebody does to profiles while events come in. */
export type Act =
  | { kind: 'merge'; people: Somebody[]; primary?: Somebody; strategy: 'most_recent' | 'most_complete'; score: number }
  | { kind: 'unmerge'; person: Somebody }
  | { kind: 'erase'; person: Somebody }
  | { kind: 'consent'; person: Somebody; consent: { email?: boolean; sms?: boolean } }
  | { kind: 'create'; person: Somebody; number: number };

export interface MergeSchedule {
  seed: number;
  /** What each had done before. */
  past: AcceptedEvent[];
  records: SimulatedRecord[];
  /** Each list is done in its order, and all at the same time. */
  acts: Act[][];
  faultProbability: number;
  pauseProbability: number;
  /** How many writes a merge may take at once: with few it is done in steps. */
  writesMax: number;
}

const identifiersOf = (person: Somebody): Identifier[] => [
  { type: 'customerId', value: `customer-${person}` },
  { type: 'email', value: `${person}@example.com` },
  { type: 'deviceId', value: `device-${person}` },
];

const saying = (random: SeededRandom): Pick<AcceptedEvent, 'traits' | 'consent'> =>
  random.chance(0.6)
    ? { consent: { [random.pick(['email', 'sms'])]: random.chance(0.5) } }
    : { traits: { [random.pick(['firstName', 'city'])]: `value-${random.below(3)}` } };

const eventOf = (random: SeededRandom, number: number, person: Somebody): AcceptedEvent => {
  const [first, ...others] = identifiersOf(person);
  const named = isKnown(person) && random.chance(0.25);
  const brought = random.chance(0.1) ? [{ type: 'cookie' as const, value: `cookie-${person}-${number}` }] : [];
  const type = random.chance(0.05) ? 'email_unsubscribe' : 'page_view';
  const said = random.chance(0.3) ? { type: 'identify', properties: {}, ...saying(random) } : undefined;
  return {
    id: '',
    messageId: `message-${number}`,
    ...(said ?? (random.chance(0.6) ? dealOf(random) : { type, properties: {} })),
    timestamp: new Date(startedAt - random.below(20) * 3_600_000).toISOString(),
    receivedAt: new Date(startedAt + 1000 + random.below(60_000)).toISOString(),
    ...(named ? { profileId: profileOf(person) } : {}),
    identifiers: [
      ...(first && !named ? [first] : []),
      ...others.filter(() => !named && random.chance(0.3)),
      ...brought,
    ],
  };
};

/** Some are sent twice, under event ids of their own; some of what was folded before comes again. */
const recordsOf = (random: SeededRandom, past: readonly AcceptedEvent[], fresh: readonly AcceptedEvent[]) => {
  const sent = [...fresh, ...fresh.filter(() => random.chance(0.15)), ...past.filter(() => random.chance(0.3))];
  const events = random.shuffled(sent).map((event, number) => ({ ...event, id: `event-${number}` }));
  const records: SimulatedRecord[] = [];
  for (let start = 0; start < events.length; ) {
    const size = 1 + random.below(6);
    records.push({ lane: random.below(lanes), events: events.slice(start, start + size) });
    start += size;
  }
  return records;
};

const mergeOf = (random: SeededRandom): Act => {
  const [one, other, third] = random.shuffled(everybody);
  const people = [one, other, ...(random.chance(0.2) ? [third] : [])].filter(person => person !== undefined);
  const strategy = random.pick(['most_recent', 'most_complete'] as const);
  const score = random.chance(0.8) ? 100 : 85;
  return { kind: 'merge', people, strategy, score, ...(random.chance(0.7) && one ? { primary: one } : {}) };
};

const actsOf = (random: SeededRandom): Act[][] => {
  const person = () => random.pick(everybody);
  const mergers = Array.from({ length: 1 + random.below(2) }, () =>
    Array.from({ length: 1 + random.below(3) }, () => mergeOf(random)),
  );
  const parting: Act[] = random.chance(0.4) ? [{ kind: 'unmerge', person: person() }] : [];
  const leaving: Act[] = random.chance(0.25) ? [{ kind: 'erase', person: person() }] : [];
  const others = Array.from(
    { length: random.below(4) },
    (_, number): Act =>
      random.chance(0.5)
        ? { kind: 'consent', person: person(), consent: { [random.pick(['email', 'sms'])]: random.chance(0.5) } }
        : { kind: 'create', person: person(), number },
  );
  return [...mergers, [...parting, ...leaving], others].filter(list => list.length > 0);
};

/** Everything that happens under a seed, but for the order that the turns decide. */
export const mergeSchedule = (seed: number): MergeSchedule => {
  const random = seededRandom(seed);
  const before = random.below(25);
  const events = Array.from({ length: before + 5 + random.below(20) }, (_, number) =>
    eventOf(random, number, random.pick(everybody)),
  );
  const past = events.slice(0, before).map((event, number) => ({ ...event, id: `past-${number}` }));
  return {
    seed,
    past,
    records: recordsOf(random, past, events.slice(before)),
    acts: actsOf(random),
    faultProbability: random.pick([0, 0.02, 0.06, 0.1]),
    pauseProbability: random.pick([0, 0.05, 0.3]),
    writesMax: random.pick([100, 100, 12]),
  };
};
