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

const listOperators = new Set<Operator>(['in', 'not_in']);

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
  const many = Array.isArray(value);
  if (many !== listOperators.has(operator)) {
    return [{ path: `${path}.value`, reason: many ? `${operator} takes one value` : `${operator} takes a list` }];
  }
  const values = Array.isArray(value) ? value : [value];
  if (!values.every(isStorable)) return [{ path: `${path}.value`, reason: 'is a number beyond what is exact' }];
  return values.every(fits[kind])
    ? []
    : [{ path: `${path}.value`, reason: `${field} is held against ${wanted[kind]}` }];
};
