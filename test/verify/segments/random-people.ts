import { blankProfile } from '../../../core/engines/profiles/commit-events.ts';
import type { PastEvent } from '../../../core/language/past-event.ts';
import type { CustomValue } from '../../../core/model/profile.ts';
import type { KnownIdentifier, ProfileState } from '../../../core/model/profile-state.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';
import { dateOf, eventTypes, numbers, someNow, tags, texts } from './random-conditions.ts';

export interface RandomPerson {
  state: ProfileState;
  events: PastEvent[];
}

const maybe = <Value>(random: SeededRandom, value: () => Value, share = 0.7): Value | undefined =>
  random.chance(share) ? value() : undefined;

const defined = <Value extends object>(object: Value): Value =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Value;

const anything = (random: SeededRandom): CustomValue =>
  random.pick<() => CustomValue>([
    () => random.pick(texts),
    () => random.pick(numbers),
    () => random.chance(0.5),
    () => dateOf(random),
    () => [random.pick(texts), random.pick(numbers), random.chance(0.5)],
    () => [],
  ])();

/** Few, so that rules meet them often. */
const textOf = (random: SeededRandom): string => random.pick(random.chance(0.8) ? texts.slice(0, 4) : texts);

const identifiersOf = (random: SeededRandom): KnownIdentifier[] =>
  [
    ...(random.chance(0.5) ? [{ type: 'email', value: random.pick(texts) }] : []),
    ...tags.filter(() => random.chance(0.3)).map(value => ({ type: 'deviceId', value })),
  ].map(one => ({ ...one, key: `${one.type}#${one.value}`, firstSeenAt: 1, source: 'test' })) as KnownIdentifier[];

const stateOf = (id: string, random: SeededRandom): ProfileState => {
  const blank = blankProfile(id, someNow - random.below(90) * 86_400_000);
  const ago = () => someNow - random.below(60 * 24) * 3_600_000;
  const lastPurchaseAt = maybe(random, ago);
  const churn = maybe(random, () => ({ at: 1, value: random.pick(numbers) }));
  const counters = {
    ...blank.head.counters,
    ltv: String(random.pick([...numbers, 99.995, 12.345])),
    purchases: random.below(6),
    lastSeenAt: ago(),
    ...(lastPurchaseAt === undefined ? {} : { lastPurchaseAt }),
    overrides: churn ? { churnRisk: churn } : {},
  };
  const custom = {
    plan: maybe(random, () => anything(random)),
    seats: maybe(random, () => anything(random)),
    renewal: maybe(random, () => anything(random)),
  };
  const attributes = {
    city: maybe(random, () => textOf(random)),
    company: maybe(random, () => textOf(random)),
    birthDate: maybe(random, () => dateOf(random).slice(0, 10)),
    tags: tags.filter(() => random.chance(0.4)),
    customFields: defined(custom) as Record<string, CustomValue>,
  };
  const said = () => ({ granted: random.chance(0.5), at: 1, id: 'm', source: 'test' });
  const consent = defined({ email: maybe(random, said), sms: maybe(random, said) });
  return {
    id,
    head: { ...blank.head, version: 1, counters },
    person: {
      ...blank.person,
      version: 1,
      attributes: defined(attributes),
      identifiers: identifiersOf(random),
      consent,
    } as ProfileState['person'],
  };
};

const propertyOf = (random: SeededRandom): unknown =>
  random.pick<() => unknown>([
    () => random.pick(texts),
    () => random.pick(numbers),
    () => random.chance(0.5),
    () => null,
    () => [random.pick(texts)],
    () => ({ a: 1 }),
    () => dateOf(random),
  ])();

const eventOf = (id: string, random: SeededRandom): PastEvent => {
  const properties = {
    category: maybe(random, () => propertyOf(random)),
    amount: maybe(random, () => random.pick([...numbers, '12.50', 'soon', null])),
    item: maybe(random, () => random.pick([{ size: propertyOf(random) }, 'one', null])),
  };
  const source = maybe(random, () => random.pick(texts));
  return {
    id,
    type: random.pick(eventTypes),
    at: someNow - random.below(50 * 24 * 4) * 900_000,
    properties: defined(properties),
    ...(source === undefined ? {} : { source }),
  };
};

/** Somebody, and what they did. */
export const personOf = (number: number, random: SeededRandom): RandomPerson => {
  const id = `profile-${number}`;
  const events = Array.from({ length: random.below(9) }, (_, place) => eventOf(`event-${number}-${place}`, random));
  return {
    state: stateOf(id, random),
    events: events.sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1)),
  };
};
