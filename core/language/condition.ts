import * as z from 'zod';
import { isDuration } from './duration.ts';

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
  'within_last',
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

/** Days, or an ISO 8601 duration of fixed length such as `P30D` or `PT12H`. */
const Duration = z
  .union([z.number(), z.string().max(40)])
  .refine(isDuration, 'must be a number of days, or an ISO 8601 duration of weeks, days, hours, minutes and seconds');

/** Both ends are included. */
export const Bounds = z
  .strictObject({ min: z.number().optional(), max: z.number().optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'must have a min or a max');
export type Bounds = z.output<typeof Bounds>;

export const Comparison = z.strictObject({
  field: z.string().min(1).max(200),
  operator: z.enum(operators),
  /** A list for `in` and `not_in`, two values for `between`, none for `exists` and `not_exists`. */
  value: z.union([Scalar, z.array(Scalar).min(1).max(1000)]).optional(),
});
export type Comparison = z.output<typeof Comparison>;

/** All, any or, of a single one, not: of conditions, which may be groups again. */
export interface Group {
  operator: 'AND' | 'OR' | 'NOT';
  conditions: Condition[];
}

const EventName = z.string().min(1).max(100);
type Length = string | number;

/** How often something happened, or what it adds up to; without either, that it happened at all. */
export interface EventCondition {
  event: string;
  count?: Bounds | undefined;
  /** Of a property that holds a number, `amount` unless another is named. */
  sum?: { property?: string | undefined; min?: number | undefined; max?: number | undefined } | undefined;
  /** What must hold of an event: comparisons of `properties.<name>` and `source`, and groups of them. */
  where?: Condition | undefined;
  /** How far back; absent: ever. A bare number counts days. */
  timeWindow?: Length | undefined;
  timeWindowUnit?: 'days' | undefined;
}

/** That some things happened one after the other; each event fills one step, and events between do not matter. */
export interface SequenceCondition {
  sequence: { event: string; where?: Condition | undefined }[];
  /** How long the last may come after the first. */
  within?: Length | undefined;
  timeWindow?: Length | undefined;
  timeWindowUnit?: 'days' | undefined;
}

export const EventCondition: z.ZodType<EventCondition> = z
  .strictObject({
    event: EventName,
    count: Bounds.optional(),
    sum: z
      .strictObject({
        property: z.string().min(1).max(200).optional(),
        min: z.number().optional(),
        max: z.number().optional(),
      })
      .refine(({ min, max }) => min !== undefined || max !== undefined, 'must have a min or a max')
      .optional(),
    get where() {
      return Condition.optional();
    },
    timeWindow: Duration.optional(),
    timeWindowUnit: z.literal('days').optional(),
  })
  .meta({ id: 'EventCondition' });

const Step = z.strictObject({
  event: EventName,
  get where() {
    return Condition.optional();
  },
});

export const SequenceCondition: z.ZodType<SequenceCondition> = z
  .strictObject({
    sequence: z.array(Step).min(2).max(10),
    within: Duration.optional(),
    timeWindow: Duration.optional(),
    timeWindowUnit: z.literal('days').optional(),
  })
  .meta({ id: 'SequenceCondition' });

/** The groups of customers that scores of recency, frequency and monetary value have, in the order in which they apply. */
export const rfmGroups = [
  'champions',
  'loyal',
  'big_spenders',
  'new',
  'promising',
  'cannot_lose',
  'at_risk',
  'hibernating',
] as const;
export type RfmGroup = (typeof rfmGroups)[number];

export const RfmScores = z
  .strictObject({
    recency: Bounds.optional(),
    frequency: Bounds.optional(),
    monetary: Bounds.optional(),
    group: z.enum(rfmGroups).optional(),
  })
  .refine(scores => Object.keys(scores).length > 0, 'must ask for a score or a group')
  .meta({ id: 'RfmScores' });
export type RfmScores = z.output<typeof RfmScores>;

/** What scores a person has, each from 1 to 5; whoever never bought has none. */
const RfmCondition = z.strictObject({ rfm: RfmScores }).meta({ id: 'RfmCondition' });
export type RfmCondition = z.output<typeof RfmCondition>;

/** That whoever is meant is in another segment. */
const SegmentCondition = z.strictObject({ segment: z.string().min(1).max(200) }).meta({ id: 'SegmentCondition' });
export type SegmentCondition = z.output<typeof SegmentCondition>;

/** The one condition tree that every interpreter reads. */
export type Condition = Comparison | Group | EventCondition | SequenceCondition | RfmCondition | SegmentCondition;

export const Group: z.ZodType<Group> = z
  .strictObject({
    operator: z.enum(['AND', 'OR', 'NOT']),
    get conditions() {
      return z.array(Condition).min(1).max(100);
    },
  })
  .meta({ id: 'ConditionGroup' });

/** A group is known by its `conditions`; so a bad comparison is told as one, not as a bad group. */
export const Condition: z.ZodType<Condition> = z
  .lazy(() => z.union([Group, Comparison, EventCondition, SequenceCondition, RfmCondition, SegmentCondition]))
  .meta({ id: 'Condition' });

export const isGroup = (condition: Condition): condition is Group => 'conditions' in condition;
export const isComparison = (condition: Condition): condition is Comparison => 'field' in condition;
export const isBehaviour = (condition: Condition): condition is EventCondition | SequenceCondition =>
  'event' in condition || 'sequence' in condition;

/** The leaves of a tree, in their order. */
export const leavesOf = (condition: Condition): Exclude<Condition, Group>[] =>
  isGroup(condition) ? condition.conditions.flatMap(leavesOf) : [condition];
