import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { Identifier } from '../../core/model/identifier.ts';
import { collidingMessages } from '../fixtures/colliding-messages.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';

/** Profiles that are there before the events come; events name them by id. */
export const known = { live: 'profile-known', erased: 'profile-erased', leaving: 'profile-leaving' } as const;
export const startedAt = Date.parse('2026-02-15T12:00:00.000Z');

/** Someone whom events tell about. Every event of a person names the first identifier, so that any order finds one person. */
export interface SimulatedPerson {
  profileId?: string;
  identifiers: Identifier[];
}

export interface SimulatedRecord {
  lane: number;
  events: AcceptedEvent[];
}

export interface FoldSchedule {
  seed: number;
  people: SimulatedPerson[];
  records: SimulatedRecord[];
  /** How likely an operation on the table goes wrong. */
  faultProbability: number;
  /** How likely an operation waits while others go on. */
  pauseProbability: number;
}

export const lanes = 2;

const peopleOf = (random: SeededRandom): SimulatedPerson[] => [
  ...Array.from(
    { length: 1 + random.below(3) },
    (_, number): SimulatedPerson => ({
      identifiers: [
        { type: 'customerId', value: `customer-${number}` },
        { type: 'email', value: `person${number}@example.com` },
        { type: 'deviceId', value: `device-${number}` },
      ],
    }),
  ),
  { identifiers: [{ type: 'anonymousId', value: 'visitor-7' }] },
  ...Object.values(known).map(profileId => ({ profileId, identifiers: [] })),
  { profileId: 'profile-none', identifiers: [] },
];

const orderIdOf = (random: SeededRandom): string => `order-${random.below(4)}`;

/** Messages that repeat an order do not agree about what it was worth. */
const purchase = (random: SeededRandom) => {
  const amount = (1 + random.below(100_000)) / 1000;
  const currency = random.chance(0.1) ? { currency: 'EUR' } : {};
  return random.chance(0.7) ? { orderId: orderIdOf(random), amount, ...currency } : { amount, ...currency };
};

const refund = (random: SeededRandom) => ({
  orderId: orderIdOf(random),
  ...(random.chance(0.2) ? {} : { amount: (1 + random.below(30_000)) / 1000 }),
  ...(random.chance(0.1) ? { currency: 'EUR' } : {}),
});

type Kind = 'purchase' | 'refund' | 'page_view' | 'identify' | 'email_unsubscribe';

const propertiesOf: Record<Kind, (random: SeededRandom) => Record<string, unknown>> = {
  purchase,
  refund,
  page_view: () => ({}),
  identify: () => ({}),
  email_unsubscribe: () => ({}),
};

/** A purchase or a refund. */
export const dealOf = (random: SeededRandom): Pick<AcceptedEvent, 'type' | 'properties'> => {
  const type = random.pick(['purchase', 'purchase', 'refund'] as const);
  return { type, properties: propertiesOf[type](random) };
};

const saying = (random: SeededRandom): Pick<AcceptedEvent, 'traits' | 'consent'> => {
  if (random.chance(0.5)) return { consent: { [random.pick(['email', 'sms'])]: random.chance(0.5) } };
  const name = random.pick(['firstName', 'city']);
  return random.chance(0.3)
    ? { traits: { customFields: { [random.pick(['plan', 'size'])]: random.below(3) } } }
    : { traits: { [name]: random.chance(0.2) ? null : `value-${random.below(3)}` } };
};

const usualKinds = [
  'purchase',
  'purchase',
  'purchase',
  'page_view',
  'identify',
  'identify',
  'refund',
  'refund',
] as const;

const eventOf = (
  random: SeededRandom,
  messageId: string,
  { profileId, identifiers }: SimulatedPerson,
): AcceptedEvent => {
  const type = random.chance(0.04) ? 'email_unsubscribe' : random.pick(usualKinds);
  const [first, ...others] = identifiers;
  const receivedAt = new Date(startedAt + 1000 + random.below(60_000)).toISOString();
  return {
    id: '',
    messageId,
    type,
    timestamp: new Date(startedAt - random.below(20) * 3_600_000).toISOString(),
    receivedAt,
    ...(profileId === undefined ? {} : { profileId }),
    identifiers: [...(first ? [first] : []), ...others.filter(() => random.chance(0.4))],
    properties: propertiesOf[type](random),
    ...(type === 'identify' ? saying(random) : {}),
    ...(random.chance(0.04) ? { quarantine: 'timestamp_before_1970' } : {}),
  };
};

/** Some messages come under ids that share a fingerprint, to one person; none comes twice under different contents. */
const messagesOf = (random: SeededRandom, people: readonly SimulatedPerson[]): AcceptedEvent[] => {
  const many = random.chance(0.35);
  const count = many ? 100 + random.below(60) : 5 + random.below(30);
  const leaving = people.filter(({ profileId }) => profileId === known.leaving);
  const favourite = random.pick(random.chance(0.3) ? leaving : people);
  const events = Array.from({ length: count }, (_, number) =>
    eventOf(random, `message-${number}`, many && random.chance(0.9) ? favourite : random.pick(people)),
  );
  const colliding = random.chance(0.3) ? collidingMessages : [];
  return [...events, ...colliding.flatMap(pair => pair.map(messageId => eventOf(random, messageId, favourite)))];
};

/** What is sent: every message at least once, some twice as clients do, in any order, under event ids of its own. */
const sendingsOf = (random: SeededRandom, messages: readonly AcceptedEvent[]): AcceptedEvent[] =>
  random
    .shuffled([...messages, ...messages.filter(() => random.chance(0.15))])
    .map((event, number) => ({ ...event, id: `event-${number}` }));

/** Now and then a window brings one person more than a head can remember. */
const recordsOf = (random: SeededRandom, sendings: AcceptedEvent[]): SimulatedRecord[] => {
  const eventsMax = sendings.length > 100 && random.chance(0.5) ? 40 : 8;
  const records: SimulatedRecord[] = [];
  for (let start = 0; start < sendings.length; ) {
    const size = 1 + random.below(eventsMax);
    records.push({ lane: random.below(lanes), events: sendings.slice(start, start + size) });
    start += size;
  }
  return records;
};

/** Everything that happens under a seed, but for the order that the turns decide. */
export const foldSchedule = (seed: number): FoldSchedule => {
  const random = seededRandom(seed);
  const people = peopleOf(random);
  const records = recordsOf(random, sendingsOf(random, messagesOf(random, people)));
  const faultProbability = random.pick([0, 0.02, 0.06, 0.12]);
  return { seed, people, records, faultProbability, pauseProbability: random.pick([0, 0.05, 0.3]) };
};
