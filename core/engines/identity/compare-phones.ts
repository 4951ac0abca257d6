import { compareByValue } from './compare-by-value.ts';
import type { Comparison } from './comparison.ts';
import { oneEditApart } from './one-edit-apart.ts';

/** How many of the last digits tell a line within its country. */
const lineDigits = 8;
const levels = ['missing', 'different', 'one slip', 'same last digits', 'exact'];
const [different, oneSlip, sameLine, exact] = [1, 2, 3, 4];

const phoneLevel = (one: string, other: string): number => {
  if (one === other) return exact;
  if (one.slice(-lineDigits) === other.slice(-lineDigits)) return sameLine;
  return oneEditApart(one, other) ? oneSlip : different;
};

/** Numbers as digits: exact, the same last eight, one slip, different. */
export const phone = (attribute: string): Comparison => compareByValue(attribute, levels, true, phoneLevel);
