import type { ProblemDetail } from '../errors.ts';
import { type FieldKind, fieldKind } from '../model/profile-fields.ts';
import { instantOf } from './compare.ts';
import { type Comparison, type Condition, isGroup, type Operator, type Scalar } from './condition.ts';

const depthMax = 5;
const nodesMax = 100;
/** Definitions are read whole, all at once, and must fit into an item. */
const charactersMax = 100_000;

const fits: Record<FieldKind, (value: Scalar) => boolean> = {
  text: value => typeof value === 'string',
  number: value => typeof value === 'number',
  date: value => instantOf(value) !== undefined,
  boolean: value => typeof value === 'boolean',
  list: value => typeof value === 'string',
  any: () => true,
};

const wanted: Record<FieldKind, string> = {
  text: 'a text',
  number: 'a number',
  date: 'an ISO 8601 date',
  boolean: 'true or false',
  list: 'a text',
  any: 'a value',
};

/** Numbers that every store holds exactly as they were given. */
const isStorable = (value: Scalar): boolean =>
  typeof value !== 'number' || value === 0 || (Math.abs(value) <= Number.MAX_SAFE_INTEGER && Math.abs(value) >= 1e-130);

/** How many values an operator takes, where it is not one. */
const takes: Partial<Record<Operator, { fits: (value: Comparison['value']) => boolean; words: string }>> = {
  in: { fits: value => Array.isArray(value), words: 'a list' },
  not_in: { fits: value => Array.isArray(value), words: 'a list' },
  between: { fits: value => Array.isArray(value) && value.length === 2, words: 'a list of two values' },
  exists: { fits: value => value === undefined, words: 'no value' },
  not_exists: { fits: value => value === undefined, words: 'no value' },
};
const one = { fits: (value: Comparison['value']) => value !== undefined && !Array.isArray(value), words: 'one value' };

/** Operators that make sense of some kinds only. */
const kindsOf: Partial<Record<Operator, readonly FieldKind[]>> = {
  before: ['date', 'any'],
  after: ['date', 'any'],
  starts_with: ['text', 'any'],
  ends_with: ['text', 'any'],
};
/** What the value must be, whatever the field is. */
const valuesOf: Partial<Record<Operator, FieldKind>> = {
  before: 'date',
  after: 'date',
  starts_with: 'text',
  ends_with: 'text',
};

/** What cannot be right in a rule, each with its path: too deep, too large, no such field, a value that cannot fit. */
export const checkCondition = (condition: Condition, path: string): ProblemDetail[] => {
  if (depth(condition) > depthMax) return [{ path, reason: `is nested deeper than ${depthMax} levels` }];
  if (nodes(condition) > nodesMax) return [{ path, reason: `has more than ${nodesMax} conditions` }];
  if (JSON.stringify(condition).length > charactersMax) {
    return [{ path, reason: `has more than ${charactersMax} characters` }];
  }
  return faults(condition, path);
};

const depth = (condition: Condition): number =>
  isGroup(condition) ? 1 + Math.max(...condition.conditions.map(depth)) : 0;

const nodes = (condition: Condition): number =>
  isGroup(condition) ? condition.conditions.reduce((sum, part) => sum + nodes(part), 1) : 1;

const faults = (condition: Condition, path: string): ProblemDetail[] =>
  isGroup(condition)
    ? condition.conditions.flatMap((part, index) => faults(part, `${path}.conditions.${index}`))
    : faultsOfComparison(condition, path);

const faultsOfComparison = ({ field, operator, value }: Comparison, path: string): ProblemDetail[] => {
  const kind = fieldKind(field);
  if (kind === undefined) return [{ path: `${path}.field`, reason: `profiles have no field ${field}` }];
  if (kindsOf[operator]?.includes(kind) === false) {
    return [{ path: `${path}.operator`, reason: `${field} cannot be held against anything by ${operator}` }];
  }
  const taken = takes[operator] ?? one;
  if (!taken.fits(value)) return [{ path: `${path}.value`, reason: `${operator} takes ${taken.words}` }];
  const values = value === undefined ? [] : [value].flat();
  if (!values.every(isStorable)) return [{ path: `${path}.value`, reason: 'is a number beyond what is exact' }];
  const must = valuesOf[operator] ?? kind;
  return values.every(fits[must])
    ? []
    : [{ path: `${path}.value`, reason: `${field} is held against ${wanted[must]}` }];
};
