import { eventTest, memberOf } from '../../language/behaviour.ts';
import type { PastEvent } from '../../language/past-event.ts';
import { addDecimals, decimalToNumber, divideDecimals } from '../../model/money.ts';
import type { Trait, TraitKind, TraitValue } from '../../model/trait.ts';

/** An event that a trait counts, with what its property says. */
interface Seen {
  event: PastEvent;
  value: unknown;
}

type Scalar = string | number | boolean;
/** Makes a value of what was seen, in the order of time; of nothing there is none. */
type Make = (seen: readonly Seen[]) => TraitValue | undefined;

const [textMax, listMax, listCharactersMax, averagePlaces] = [256, 100, 4000, 6];
const decimal = /^-?\d{1,15}(\.\d{1,10})?$/;

/** Numbers that every store holds as they are. */
const isStorable = (value: number): boolean => value === 0 || (Math.abs(value) >= 1e-130 && Math.abs(value) < 1e126);

const scalarOf = (value: unknown): Scalar | undefined => {
  if (typeof value === 'string') return value.length <= textMax ? value : undefined;
  if (typeof value === 'number') return isStorable(value) ? value : undefined;
  return typeof value === 'boolean' ? value : undefined;
};

/** What counts as a number: one, or a decimal that is written as text. */
const decimalOf = (value: unknown): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && decimal.test(text) ? text : undefined;
};

const decimalsIn = (seen: readonly Seen[]): string[] => seen.flatMap(({ value }) => decimalOf(value) ?? []);
const sumOf = (decimals: readonly string[]): string => decimals.reduce(addDecimals, '0');

const ofNumbers =
  (make: (decimals: readonly string[]) => number): Make =>
  seen => {
    const decimals = decimalsIn(seen);
    return decimals.length === 0 ? undefined : make(decimals);
  };

const scalarsIn = (seen: readonly Seen[]): Scalar[] => seen.flatMap(({ value }) => scalarOf(value) ?? []);

/** Of those that came as often as each other the one that was seen last. */
const mostFrequent: Make = seen => {
  const counts = new Map<Scalar, number>();
  let most: Scalar | undefined;
  const scalars = scalarsIn(seen);
  for (const value of scalars) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const value of scalars)
    if (most === undefined || (counts.get(value) ?? 0) >= (counts.get(most) ?? 0)) most = value;
  return most;
};

const inOrderOfKind = (left: Scalar, right: Scalar): number => {
  const [one, other] = [`${typeof left} `, `${typeof right} `];
  if (one !== other) return one < other ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Each once, in order; of too many those that were seen last. */
const uniqueList: Make = seen => {
  const newest = [...new Set(scalarsIn(seen).reverse())].slice(0, listMax);
  let room = listCharactersMax;
  const kept = newest.filter(value => {
    room -= String(value).length;
    return room >= 0;
  });
  return kept.length === 0 ? undefined : kept.sort(inOrderOfKind);
};

/** What the first, or the last, of them says that says anything. */
const atEnd =
  (end: 0 | -1): Make =>
  seen =>
    scalarsIn(seen).at(end);

const makers: Record<Exclude<TraitKind, 'formula'>, Make> = {
  count: seen => (seen.length === 0 ? undefined : seen.length),
  sum: ofNumbers(decimals => decimalToNumber(sumOf(decimals))),
  avg: ofNumbers(decimals => decimalToNumber(divideDecimals(sumOf(decimals), decimals.length, averagePlaces))),
  min: ofNumbers(decimals => decimals.map(Number).reduce((least, value) => Math.min(least, value))),
  max: ofNumbers(decimals => decimals.map(Number).reduce((most, value) => Math.max(most, value))),
  first: atEnd(0),
  last: atEnd(-1),
  most_frequent: mostFrequent,
  unique_list: uniqueList,
};

const dayMs = 86_400_000;

/** How far back (ms) a trait looks. */
export const traitBackMs = ({ windowDays }: Trait): number =>
  windowDays === undefined ? Number.POSITIVE_INFINITY : Math.round(windowDays * dayMs);

/** What a trait comes to, and when (epoch ms) time alone may next change that. */
export interface EventTrait {
  value: TraitValue | undefined;
  changesAt: number | undefined;
}

/** Without a property, what the first and the last say is when they happened. */
const valueIn = (event: PastEvent, property: string | undefined): unknown =>
  property === undefined ? new Date(event.at).toISOString() : memberOf(event, `properties.${property}`);

/**
 * Calculates a trait from events. It depends on which events there are and on when it is asked, and on nothing else: in
 * whatever order they came, and however often it is asked, it is the same.
 */
export const eventTrait = (trait: Trait): ((events: readonly PastEvent[], now: number) => EventTrait) => {
  const { kind, event: type = '', where, property } = trait;
  if (kind === 'formula') return () => ({ value: undefined, changesAt: undefined });
  const [isMeant, make, back] = [eventTest({ event: type, where }), makers[kind], traitBackMs(trait)];
  return (events, now) => {
    const own = events.filter(event => isMeant(event, now));
    const isIn = ({ at }: PastEvent) => back === Number.POSITIVE_INFINITY || (at >= now - back && at <= now);
    const seen = own.filter(isIn).map(event => ({ event, value: valueIn(event, property) }));
    return { value: make(seen), changesAt: back === Number.POSITIVE_INFINITY ? undefined : nextChange(own, back, now) };
  };
};

/** An event comes into the window when it happens, and leaves it one millisecond after the window's length. */
const nextChange = (events: readonly PastEvent[], back: number, now: number): number | undefined => {
  let next = Number.POSITIVE_INFINITY;
  for (const { at } of events) {
    const changes = at > now ? at : at + back + 1;
    if (changes > now && changes < next) next = changes;
  }
  return next === Number.POSITIVE_INFINITY ? undefined : next;
};
