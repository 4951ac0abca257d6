import type { FieldKind } from '../../model/profile-fields.ts';
import { instantOf } from '../instant-of.ts';
import { inOrder } from '../text-order.ts';
import type { ExpressionValue } from './expression.ts';
import { type ExpressionFunction, type Part, strict } from './expression-function.ts';

/** Values of one kind are held against each other, ISO dates as instants; `undefined` for those that have no order. */
const orderOf = (left: ExpressionValue, right: ExpressionValue): number | undefined => {
  if (typeof left === 'number' && typeof right === 'number') return Math.sign(left - right);
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const [one, other] = [instantOf(left), instantOf(right)];
  return one === undefined || other === undefined ? inOrder(left, right) : Math.sign(one - other);
};

const isSame = (left: ExpressionValue, right: ExpressionValue): boolean => left === right || orderOf(left, right) === 0;

const ordered = (holds: (sign: number) => boolean): ExpressionFunction =>
  strictly((left, right) => {
    const sign = orderOf(left, right);
    return sign !== undefined && holds(sign);
  });

/** What is missing satisfies `!=` and nothing else, as in conditions. */
const strictly = (test: (left: ExpressionValue, right: ExpressionValue) => boolean, ofMissing = false) => ({
  takes: ['any', 'any'] as const,
  gives: 'boolean' as const,
  run: (parts: readonly Part[]): ExpressionValue => {
    const [left = null, right = null] = parts.map(part => part());
    return left === null || right === null ? ofMissing : test(left, right);
  },
});

/** The kind that all of them are of. */
const oneKind = (kinds: readonly FieldKind[]): FieldKind => {
  const [first = 'any', ...others] = kinds;
  return others.every(kind => kind === first) ? first : 'any';
};

export const logicFunctions: Readonly<Record<string, ExpressionFunction>> = {
  '=': strictly(isSame),
  '!=': strictly((left, right) => !isSame(left, right), true),
  '<': ordered(sign => sign < 0),
  '<=': ordered(sign => sign <= 0),
  '>': ordered(sign => sign > 0),
  '>=': ordered(sign => sign >= 0),
  and: { takes: ['boolean', 'boolean'], gives: 'boolean', run: parts => parts.every(part => part() === true) },
  or: { takes: ['boolean', 'boolean'], gives: 'boolean', run: parts => parts.some(part => part() === true) },
  not: { takes: ['boolean'], gives: 'boolean', run: ([part]) => part?.() !== true },
  if: {
    takes: ['boolean', 'any', 'any'],
    gives: ([, ...kinds]) => oneKind(kinds),
    run: ([condition, one, other]) => (condition?.() === true ? one : other)?.() ?? null,
  },
  coalesce: {
    ...{ takes: ['any', 'any'], optional: 1, repeats: true, gives: oneKind },
    run: parts => {
      for (const part of parts) {
        const value = part();
        if (value !== null) return value;
      }
      return null;
    },
  },
  exists: { takes: ['any'], gives: 'boolean', run: ([part]) => (part?.() ?? null) !== null },
  includes: strict(['list', 'any'], 'boolean', (list, value) => list.some(one => one === value)),
};
