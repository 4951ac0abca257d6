import type { Comparison, Operator } from '../../../../../core/language/condition.ts';
import { type FieldKind, fieldKind } from '../../../../../core/model/profile-fields.ts';

const known: Operator[] = ['exists', 'not_exists'];
const ordered: Operator[] = ['=', '!=', '>', '>=', '<', '<=', 'between'];
const textual: Operator[] = ['=', '!=', 'contains', 'starts_with', 'ends_with', 'in', 'not_in'];

/** By what a field holds: how it can be compared, the most usual first. */
export const operatorsOf: Record<FieldKind, Operator[]> = {
  text: [...textual, ...known],
  number: [...ordered, ...known],
  date: ['within_last', 'before', 'after', ...known],
  boolean: ['=', ...known],
  list: ['contains', ...known],
  any: [...textual, '>', '>=', '<', '<=', 'between', ...known],
};

export const kindOf = (field: string): FieldKind => fieldKind(field) ?? 'any';

/** What stands beside an operator at first. */
export const firstValue = (operator: Operator, kind: FieldKind): Comparison['value'] => {
  if (operator === 'exists' || operator === 'not_exists') return undefined;
  if (operator === 'between') return [0, 100];
  if (operator === 'in' || operator === 'not_in') return [''];
  if (operator === 'within_last') return 30;
  if (kind === 'boolean') return true;
  return kind === 'number' ? 0 : '';
};

/** A comparison of another field, or by another operator, with a value that fits. */
export const comparisonOf = (field: string, operator: Operator): Comparison => {
  const value = firstValue(operator, kindOf(field));
  return value === undefined ? { field, operator } : { field, operator, value };
};
