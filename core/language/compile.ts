import { type Found, findEvents, findSequence } from './behaviour.ts';
import { testOf } from './compare.ts';
import { type Condition, isComparison, isGroup } from './condition.ts';
import type { Slots, Subject } from './subject.ts';

/** A condition that can be asked of anybody: the one evaluator, which also tells what it saw. */
export interface Compiled {
  condition: Condition;
  parts: readonly Compiled[];
  holds(subject: Subject): boolean;
  /** What a leaf saw; of a group there is nothing to see. */
  observe?(subject: Subject): unknown;
  /** Of a condition on events, what it found. */
  find?(subject: Subject): Found;
}

/**
 * Compiles a condition to closures over the flat values of its fields. Whoever is to be asked about is read by the same
 * `slots`, after everything was compiled. A score that nobody has been given yet is nobody's.
 */
export const compile = (condition: Condition, slots: Slots): Compiled => {
  if (isGroup(condition)) return group(condition.operator, condition, slots);
  if (isComparison(condition)) {
    const [place, test] = [slots.placeOf(condition.field), testOf(condition)];
    const observe = ({ values }: Subject) => values[place];
    return { condition, parts: [], holds: ({ values, now }) => test(values[place], now), observe };
  }
  if ('segment' in condition) {
    const holds = ({ segments }: Subject) => segments.has(condition.segment);
    return { condition, parts: [], holds, observe: holds };
  }
  if ('rfm' in condition) return { condition, parts: [], holds: () => false, observe: () => undefined };
  const find = 'event' in condition ? findEvents(condition) : findSequence(condition);
  const holds = (subject: Subject) => find(subject).holds;
  return { condition, parts: [], holds, find, observe: subject => find(subject).observed };
};

const group = (
  operator: 'AND' | 'OR' | 'NOT',
  condition: Extract<Condition, { conditions: unknown }>,
  slots: Slots,
): Compiled => {
  const parts = condition.conditions.map(part => compile(part, slots));
  const all = (subject: Subject) => {
    for (const part of parts) if (!part.holds(subject)) return false;
    return true;
  };
  const any = (subject: Subject) => {
    for (const part of parts) if (part.holds(subject)) return true;
    return false;
  };
  const holds = { AND: all, OR: any, NOT: (subject: Subject) => !any(subject) }[operator];
  return { condition, parts, holds };
};
