import { compareByValue } from './compare-by-value.ts';
import type { Comparison, Normalised } from './comparison.ts';
import { oneEditApart } from './one-edit-apart.ts';

const levels = ['missing', 'different', 'close', 'same before the @', 'exact'];
const [missing, different, close, sameLocalPart, exact] = [0, 1, 2, 3, 4];

/** Shorter names stand in many addresses by accident. */
const nameLengthMin = 3;

const localPart = (email: string): string => email.slice(0, email.lastIndexOf('@'));

const emailLevel = (one: string, other: string): number => {
  if (one === other) return exact;
  if (localPart(one) === localPart(other)) return sameLocalPart;
  return oneEditApart(one, other) ? close : different;
};

/** Addresses under the key of their provider: exact, the same before the `@`, close, different. */
export const email = (attribute: string, given: string, family: string): Comparison => {
  const isFromName = (record: Normalised): boolean => {
    const letters = localPart(record[attribute] ?? '');
    return [record[given], record[family]].some(name => name && name.length >= nameLengthMin && letters.includes(name));
  };
  const byValue = compareByValue(attribute, levels, true, emailLevel);
  return {
    ...byValue,
    attributes: [attribute, given, family],
    levelOf: (left, right) => {
      const level = byValue.levelOf(left, right);
      // Namesakes have addresses that look alike: what the names have said is not said again.
      const isNear = level === close || level === sameLocalPart;
      return isNear && isFromName(left) && isFromName(right) ? missing : level;
    },
  };
};
