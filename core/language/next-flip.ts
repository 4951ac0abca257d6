import type { Compiled } from './compile.ts';
import { type Condition, isBehaviour, isComparison, leavesOf } from './condition.ts';
import { durationMs } from './duration.ts';
import { instantOf } from './instant-of.ts';
import type { Subject } from './subject.ts';

/** An instant is the last at which something is within the last days; it is not one millisecond later. */
const comesAndGoes = (at: number, length: number): number[] => [at, at + length + 1];

const lengthOf = (condition: Condition): number | undefined => {
  if (isComparison(condition)) return condition.operator === 'within_last' ? durationMs(condition.value) : undefined;
  return isBehaviour(condition) ? durationMs(condition.timeWindow) : undefined;
};

/** Does time alone change whether it holds? */
export const isTimed = (condition: Condition): boolean =>
  leavesOf(condition).some(leaf => lengthOf(leaf) !== undefined);

const typesOf = (condition: Condition): string[] =>
  'event' in condition
    ? [condition.event]
    : 'sequence' in condition
      ? condition.sequence.map(({ event }) => event)
      : [];

/** The instants (epoch ms) after now at which time may change what a leaf says of a value and of events, in their order. */
export const flipTimes = (leaf: Condition, value: unknown, { events, now }: Subject): number[] => {
  const length = lengthOf(leaf);
  if (length === undefined) return [];
  const types = new Set(typesOf(leaf));
  const own = isComparison(leaf)
    ? [instantOf(value)]
    : events.filter(({ type }) => types.has(type)).map(({ at }) => at);
  const times = own.flatMap(at => (at === undefined ? [] : comesAndGoes(at, length)));
  return times.filter(at => at > now).sort((left, right) => left - right);
};

const timesIn = (compiled: Compiled, subject: Subject): number[] =>
  compiled.parts.length > 0
    ? compiled.parts.flatMap(part => timesIn(part, subject))
    : flipTimes(compiled.condition, compiled.observe?.(subject), subject);

/** So many instants are tried; after them the last is told although nothing may happen then. */
const triesMax = 200;

/**
 * When (epoch ms) time alone next changes whether a condition holds of somebody, if nothing else happens; `undefined`
 * when it never does. May tell a time at which it does not change, never one after it did.
 */
export const nextFlip = (compiled: Compiled, subject: Subject): number | undefined => {
  const holds = compiled.holds(subject);
  const times = [...new Set(timesIn(compiled, subject))].sort((left, right) => left - right).slice(0, triesMax);
  const found = times.find(now => compiled.holds({ ...subject, now }) !== holds);
  return found ?? (times.length === triesMax ? times.at(-1) : undefined);
};
