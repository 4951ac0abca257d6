import { compareByValue } from './compare-by-value.ts';
import type { Comparison } from './comparison.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { oneEditApart } from './one-edit-apart.ts';

const closeMin = 0.92;
const levels = ['missing', 'different', 'close', 'same before the @', 'exact'];
const [different, close, sameLocalPart, exact] = [1, 2, 3, 4];

const localPart = (email: string): string => email.slice(0, email.lastIndexOf('@'));

const emailLevel = (one: string, other: string): number => {
  if (one === other) return exact;
  const [local, otherLocal] = [localPart(one), localPart(other)];
  if (local === otherLocal) return sameLocalPart;
  return oneEditApart(one, other) || jaroWinkler(local, otherLocal) >= closeMin ? close : different;
};

/** Addresses under the key of their provider: exact, the same before the `@`, close, different. */
export const email = (attribute: string): Comparison => compareByValue(attribute, levels, true, emailLevel);
