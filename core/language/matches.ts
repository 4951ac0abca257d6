import { compile } from './compile.ts';
import type { Condition } from './condition.ts';
import { noEvents, noSegments, Slots } from './subject.ts';

/**
 * Does this data satisfy the condition at an instant (epoch ms)? Of somebody about whom nothing but the data is known.
 *
 * @example matches({ field: 'computed.ltv', operator: '>', value: 500 }, { computed: { ltv: 501 } }, 0) // true
 */
export const matches = (condition: Condition, data: unknown, now: number): boolean => {
  const slots = new Slots();
  const compiled = compile(condition, slots);
  return compiled.holds({ values: slots.valuesIn(data), events: noEvents, segments: noSegments, now });
};
