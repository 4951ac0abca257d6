import * as z from 'zod';

/** How a field is held against a value. */
export const operators = [
  '=',
  '!=',
  '>',
  '<',
  '>=',
  '<=',
  'between',
  'before',
  'after',
  'contains',
  'starts_with',
  'ends_with',
  'in',
  'not_in',
  'exists',
  'not_exists',
] as const;
export type Operator = (typeof operators)[number];

const Scalar = z.union([z.string().max(8192), z.number(), z.boolean()]);
export type Scalar = z.output<typeof Scalar>;

export const Comparison = z.strictObject({
  field: z.string().min(1).max(200),
  operator: z.enum(operators),
  /** A list for `in` and `not_in`, two values for `between`, none for `exists` and `not_exists`. */
  value: z.union([Scalar, z.array(Scalar).min(1).max(1000)]).optional(),
});
export type Comparison = z.output<typeof Comparison>;

/** All or any of some conditions, which may be groups again. */
export interface Group {
  operator: 'AND' | 'OR';
  conditions: Condition[];
}

/** The one condition tree that every interpreter reads. */
export type Condition = Comparison | Group;

export const Group: z.ZodType<Group> = z
  .strictObject({
    operator: z.enum(['AND', 'OR']),
    get conditions() {
      return z.array(Condition).min(1).max(100);
    },
  })
  .meta({ id: 'ConditionGroup' });

/** A group is known by its `conditions`; so a bad comparison is told as one, not as a bad group. */
const Condition: z.ZodType<Condition> = z.lazy(() => z.union([Group, Comparison])).meta({ id: 'Condition' });

export const isGroup = (condition: Condition): condition is Group => 'conditions' in condition;
