import { testOf } from '../../language/compare.ts';
import type { Comparison, Operator } from '../../language/condition.ts';
import { instantOf } from '../../language/instant-of.ts';
import { fieldKind } from '../../model/profile-fields.ts';
import type { Literal } from './clauses.ts';

/** A literal on a field, with the number of its clause. */
export interface PlacedLiteral extends Literal {
  clause: number;
}

const ofParts: ReadonlySet<Operator> = new Set(['starts_with', 'ends_with', 'within_last']);
const ofOrder: ReadonlySet<Operator> = new Set(['>', '<', '>=', '<=', 'between']);

/**
 * Is what it says of any value known once that value's class is: whether it is one of those that literals name, or
 * between which of them? Parts of texts, the order of texts, and what time changes, are not.
 */
export const isClear = ({ field, operator, value }: Comparison): boolean => {
  if (ofParts.has(operator)) return false;
  if (operator === 'contains') return fieldKind(field) === 'list';
  const texts = [value].flat().filter(one => typeof one === 'string');
  return !ofOrder.has(operator) || texts.length === 0 || fieldKind(field) === 'date';
};

type ClassName = string | number;

const distinctSorted = (numbers: readonly number[]): Float64Array => Float64Array.from(new Set(numbers)).sort();

/** Twice the place among the bounds, and one more where the value is a bound. */
const placeAmong = (bounds: Float64Array, value: number): number => {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return 2 * low + (bounds[low] === value ? 1 : 0);
};

/** Names the class of a value: all values of a class fare alike with every literal. */
const classesOf = (literals: readonly PlacedLiteral[]): ((value: unknown) => ClassName) => {
  const named = literals.flatMap(({ comparison }) => [comparison.value].flat());
  const numbers = distinctSorted(named.filter(one => typeof one === 'number'));
  const texts = new Set(named.filter(one => typeof one === 'string'));
  const instants = distinctSorted([...texts].flatMap(text => instantOf(text) ?? []));
  const ofText = (text: string): ClassName => {
    const instant = instants.length > 0 ? instantOf(text) : undefined;
    if (instant !== undefined) return `at ${placeAmong(instants, instant)}`;
    return texts.has(text) ? `text ${text}` : 'text';
  };
  const members = new Set<unknown>(named);
  return value => {
    if (typeof value === 'number') return placeAmong(numbers, value);
    if (typeof value === 'string') return ofText(value);
    if (value === undefined || value === null) return 'missing';
    if (!Array.isArray(value)) return String(value);
    return `list ${JSON.stringify([...new Set(value.filter(one => members.has(one)))].sort())}`;
  };
};

const cacheBytesMax = 2 ** 21;
const wordBits = 32;

/** For a value of one field: which clauses it leaves possible, a bit each. Worked out once for each class of values. */
export const slotMasks = (literals: readonly PlacedLiteral[], words: number): ((value: unknown) => Uint32Array) => {
  const tests = literals.map(({ comparison, holds, clause }) => ({ test: testOf(comparison), holds, clause }));
  const classOf = classesOf(literals);
  const known = new Map<ClassName, Uint32Array>();
  const knownMax = Math.max(16, Math.floor(cacheBytesMax / (words * 4)));
  const maskFor = (value: unknown): Uint32Array => {
    const mask = new Uint32Array(words).fill(0xffffffff);
    for (const { test, holds, clause } of tests) {
      if (test(value, 0) === holds) continue;
      const word = Math.floor(clause / wordBits);
      mask[word] = (mask[word] ?? 0) & ~(1 << (clause % wordBits));
    }
    return mask;
  };
  return value => {
    const name = classOf(value);
    const found = known.get(name);
    if (found) return found;
    if (known.size >= knownMax) known.clear();
    const mask = maskFor(value);
    known.set(name, mask);
    return mask;
  };
};
