import { addDecimals, decimalToNumber } from '../model/money.ts';
import { testOf } from './compare.ts';
import {
  type Bounds,
  type Condition,
  type EventCondition,
  isComparison,
  isGroup,
  type SequenceCondition,
} from './condition.ts';
import { durationMs } from './duration.ts';
import type { PastEvent } from './past-event.ts';
import type { Subject } from './subject.ts';

/** What was found of a behaviour: whether it holds, of how much, and by which events. */
export interface Found {
  holds: boolean;
  /** How many there were, what they add up to, or how many steps were done. */
  observed: number;
  evidence: readonly PastEvent[];
}

type EventTest = (event: PastEvent, now: number) => boolean;

/** The member of plain objects at a path below an event; lists are not looked into. */
export const memberOf = (event: PastEvent, path: string): unknown => {
  let value: unknown = event;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[name];
  }
  return value;
};

const whereTest = (where: Condition): EventTest => {
  if (isComparison(where)) {
    const test = testOf(where);
    return (event, now) => test(memberOf(event, where.field), now);
  }
  if (!isGroup(where)) return () => false;
  const parts = where.conditions.map(whereTest);
  if (where.operator === 'AND') return (event, now) => parts.every(part => part(event, now));
  const any: EventTest = (event, now) => parts.some(part => part(event, now));
  return where.operator === 'OR' ? any : (event, now) => !any(event, now);
};

/** Tells whether an event is of a type, and what else must hold of it. */
export const eventTest = ({ event: type, where }: { event: string; where?: Condition | undefined }): EventTest => {
  const test = where && whereTest(where);
  return (event, now) => event.type === type && (test === undefined || test(event, now));
};

/** Tells whether an instant is in the window of a condition; of one without a window, every instant is. */
const windowTest = (timeWindow: string | number | undefined): ((at: number, now: number) => boolean) => {
  const length = durationMs(timeWindow);
  return length === undefined ? () => true : (at, now) => at >= now - length && at <= now;
};

const isWithin = (value: number, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Bounds): boolean =>
  value >= min && value <= max;

const decimal = /^-?\d{1,18}(\.\d{1,10})?$/;

/** What a property adds to a sum: a number, or a decimal that is written as text. */
const addend = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && decimal.test(text) ? text : '0';
};

/** Finds what a condition on events finds. */
export const findEvents = (condition: EventCondition): ((subject: Subject) => Found) => {
  const { count, sum, timeWindow } = condition;
  const [isMeant, isInWindow] = [eventTest(condition), windowTest(timeWindow)];
  const property = `properties.${sum?.property ?? 'amount'}`;
  return ({ events, now }) => {
    const evidence = events.filter(event => isMeant(event, now) && isInWindow(event.at, now));
    const counted = count || !sum ? isWithin(evidence.length, count ?? { min: 1 }) : true;
    if (!sum) return { holds: counted, observed: evidence.length, evidence };
    const total = evidence.reduce((added, event) => addDecimals(added, addend(memberOf(event, property))), '0');
    const observed = decimalToNumber(total);
    return { holds: counted && isWithin(observed, sum), observed, evidence };
  };
};

/** Finds the earliest run of a sequence; where there is none, how far anybody got. */
export const findSequence = ({ sequence, within, timeWindow }: SequenceCondition): ((subject: Subject) => Found) => {
  const [steps, isInWindow] = [sequence.map(eventTest), windowTest(timeWindow)];
  const lengthMax = durationMs(within) ?? Number.POSITIVE_INFINITY;
  return ({ events, now }) => {
    const own = events.filter(event => isInWindow(event.at, now));
    let furthest: PastEvent[] = [];
    for (let start = 0; start < own.length; start += 1) {
      const run = runFrom(own, start, steps, lengthMax, now);
      if (run.length > furthest.length) furthest = run;
      if (furthest.length === steps.length) break;
    }
    return { holds: furthest.length === steps.length, observed: furthest.length, evidence: furthest };
  };
};

/** Each step by the earliest event that can be it: whatever comes after has the most time left. */
const runFrom = (
  events: readonly PastEvent[],
  start: number,
  steps: readonly EventTest[],
  lengthMax: number,
  now: number,
): PastEvent[] => {
  const run: PastEvent[] = [];
  const until = (events[start]?.at ?? 0) + lengthMax;
  for (let place = start; place < events.length && run.length < steps.length; place += 1) {
    const event = events[place];
    if (!event || event.at > until) break;
    if (steps[run.length]?.(event, now)) run.push(event);
    else if (place === start) return run;
  }
  return run;
};
