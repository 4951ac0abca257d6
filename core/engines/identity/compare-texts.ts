import { distance } from 'fastest-levenshtein';
import { compareByValue } from './compare-by-value.ts';
import type { Comparison } from './comparison.ts';

/** Of so many characters one may differ. */
const charactersPerEdit = 5;
const levels = ['missing', 'different', 'close', 'exact'];
const [different, close, exact] = [1, 2, 3];

const textLevel = (one: string, other: string): number => {
  if (one === other) return exact;
  const editsMax = Math.floor(Math.max(one.length, other.length) / charactersPerEdit);
  if (Math.abs(one.length - other.length) > editsMax) return different;
  return distance(one, other) <= editsMax ? close : different;
};

/** Any other attribute, as plain text: exact, close, different. */
export const text = (attribute: string): Comparison => compareByValue(attribute, levels, false, textLevel);
