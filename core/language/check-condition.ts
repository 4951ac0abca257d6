import type { ProblemDetail } from '../errors.ts';
import { type FieldKind, fieldKind } from '../model/profile-fields.ts';
import { traitIn } from '../model/trait.ts';
import {
  type Bounds,
  type Comparison,
  type Condition,
  isComparison,
  isGroup,
  type Operator,
  type RfmScores,
  type Scalar,
} from './condition.ts';
import { isDuration } from './duration.ts';
import { instantOf } from './instant-of.ts';

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
  within_last: { fits: isDuration, words: 'a number of days, or an ISO 8601 duration' },
};
const one = { fits: (value: Comparison['value']) => value !== undefined && !Array.isArray(value), words: 'one value' };

/** Operators that make sense of some kinds only. */
const kindsOf: Partial<Record<Operator, readonly FieldKind[]>> = {
  before: ['date', 'any'],
  after: ['date', 'any'],
  within_last: ['date', 'any'],
  starts_with: ['text', 'any'],
  ends_with: ['text', 'any'],
  contains: ['text', 'list', 'any'],
};
/** What the value must be, whatever the field is. */
const valuesOf: Partial<Record<Operator, FieldKind>> = {
  within_last: 'any',
  before: 'date',
  after: 'date',
  starts_with: 'text',
  ends_with: 'text',
};

/** What of a condition is taken where. */
export interface CheckOptions {
  /** Only fields of profiles are known: no events, scores or segments. */
  fieldsOnly?: boolean;
  /** The traits that there are, with what each holds; absent where nobody knows. */
  traits?: ReadonlyMap<string, FieldKind>;
}

/** What cannot be right in a rule, each with its path: too deep, too large, no such field, a value that cannot fit. */
export const checkCondition = (condition: Condition, path: string, options: CheckOptions = {}): ProblemDetail[] => {
  if (depth(condition) > depthMax) return [{ path, reason: `is nested deeper than ${depthMax} levels` }];
  if (nodes(condition) > nodesMax) return [{ path, reason: `has more than ${nodesMax} conditions` }];
  if (JSON.stringify(condition).length > charactersMax) {
    return [{ path, reason: `has more than ${charactersMax} characters` }];
  }
  return faults(condition, path, profileFieldsWith(options.traits), options);
};

/** The conditions on events that stand below a condition on events. */
const wheresOf = (condition: Condition): Condition[] => {
  if ('event' in condition) return condition.where ? [condition.where] : [];
  return 'sequence' in condition ? condition.sequence.flatMap(({ where }) => where ?? []) : [];
};

const depth = (condition: Condition): number =>
  isGroup(condition)
    ? 1 + Math.max(...condition.conditions.map(depth))
    : Math.max(0, ...wheresOf(condition).map(where => 1 + depth(where)));

const nodes = (condition: Condition): number =>
  (isGroup(condition) ? condition.conditions : wheresOf(condition)).reduce((sum, part) => sum + nodes(part), 1);

/** The fields that comparisons may name. */
interface Fields {
  kindOf(field: string): FieldKind | undefined;
  unknown(field: string): string;
}

const profileFieldsWith = (traits: CheckOptions['traits']): Fields => ({
  kindOf: field => {
    const trait = traitIn(field);
    return traits === undefined || trait === undefined ? fieldKind(field) : traits.get(trait);
  },
  unknown: field =>
    traitIn(field) === undefined ? `profiles have no field ${field}` : `there is no trait ${traitIn(field)}`,
});
const eventField =
  /^(source|properties(\.(?!__proto__|constructor$|constructor\.|prototype)[A-Za-z0-9_$ :-]{1,100}){1,5})$/;
const eventFields: Fields = {
  kindOf: field => (eventField.test(field) ? 'any' : undefined),
  unknown: field => `events have no field ${field}: name source, or properties.<name>`,
};

const faults = (condition: Condition, path: string, fields: Fields, options: CheckOptions): ProblemDetail[] => {
  if (isGroup(condition)) return faultsOfGroup(condition, path, fields, options);
  if (isComparison(condition)) return faultsOfComparison(condition, path, fields);
  if (fields === eventFields) return [{ path, reason: 'of an event only its fields can be asked' }];
  if (options.fieldsOnly) return [{ path, reason: 'only fields of profiles can be asked here' }];
  if ('rfm' in condition) return faultsOfScores(condition.rfm, `${path}.rfm`);
  if ('event' in condition) return [...faultsOfWhere(condition, path), ...faultsOfAmounts(condition, path)];
  if ('sequence' in condition) {
    return condition.sequence.flatMap((step, place) => faultsOfWhere(step, `${path}.sequence.${place}`));
  }
  return [];
};

const faultsOfGroup = (
  { operator, conditions }: Extract<Condition, { conditions: unknown }>,
  path: string,
  fields: Fields,
  options: CheckOptions,
): ProblemDetail[] =>
  operator === 'NOT' && conditions.length > 1
    ? [{ path: `${path}.conditions`, reason: 'NOT takes one condition, which may be a group' }]
    : conditions.flatMap((part, index) => faults(part, `${path}.conditions.${index}`, fields, options));

const faultsOfWhere = ({ where }: { where?: Condition | undefined }, path: string): ProblemDetail[] =>
  where === undefined ? [] : faults(where, `${path}.where`, eventFields, {});

const faultsOfBounds = ({ min, max }: Bounds, path: string): ProblemDetail[] =>
  min !== undefined && max !== undefined && min > max ? [{ path, reason: 'has a min above its max' }] : [];

const faultsOfAmounts = ({ count, sum }: Extract<Condition, { event: string }>, path: string): ProblemDetail[] => {
  const counts = [count?.min, count?.max].filter(one => one !== undefined);
  const whole = counts.every(one => Number.isInteger(one) && one >= 0);
  const field = `properties.${sum?.property ?? 'amount'}`;
  return [
    ...(whole
      ? faultsOfBounds(count ?? {}, `${path}.count`)
      : [{ path: `${path}.count`, reason: 'counts whole events' }]),
    ...faultsOfBounds(sum ?? {}, `${path}.sum`),
    ...(eventFields.kindOf(field) ? [] : [{ path: `${path}.sum.property`, reason: 'is no name of a property' }]),
  ];
};

const faultsOfScores = ({ group: _group, ...scores }: RfmScores, path: string): ProblemDetail[] =>
  Object.entries(scores).flatMap(([name, bounds]) => {
    const fits = [bounds.min, bounds.max].every(
      one => one === undefined || (Number.isInteger(one) && one >= 1 && one <= 5),
    );
    return fits ? faultsOfBounds(bounds, `${path}.${name}`) : [{ path: `${path}.${name}`, reason: 'is from 1 to 5' }];
  });

const faultsOfComparison = ({ field, operator, value }: Comparison, path: string, fields: Fields): ProblemDetail[] => {
  const kind = fields.kindOf(field);
  if (kind === undefined) return [{ path: `${path}.field`, reason: fields.unknown(field) }];
  if (kindsOf[operator]?.includes(kind) === false || (operator === 'within_last' && fields === eventFields)) {
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
