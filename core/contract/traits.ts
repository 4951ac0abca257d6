import * as z from 'zod';
import { Comparison, Group } from '../language/condition.ts';
import { traitKinds, traitNamePattern } from '../model/trait.ts';
import { route } from './route.ts';

const TraitName = z
  .string()
  .regex(traitNamePattern, 'has 1–60 small letters, digits and _, and begins with a letter')
  .refine(name => name !== 'constructor', 'is not a field name');

const TraitBody = z.strictObject({
  /** The field `traits.<name>` of profiles. */
  name: TraitName,
  description: z.string().max(2000).optional(),
  kind: z.enum(traitKinds),
  /** The type of the events that are meant; not of a formula. */
  event: z.string().min(1).max(100).optional(),
  /** The property of them, below `properties`. Without one the first and the last tell when they happened. */
  property: z.string().min(1).max(200).optional(),
  /** What must hold of such an event: comparisons of `properties.<name>` and `source`, and groups of them. */
  where: z.union([Group, Comparison]).optional(),
  /** How far back; absent: ever. */
  windowDays: z
    .number()
    .min(1 / 24)
    .max(3650)
    .optional(),
  formula: z.string().min(1).max(2000).optional(),
});

export const ShownTrait = z
  .object({
    ...TraitBody.shape,
    /** What its values are, as far as that is known. */
    holds: z.enum(['text', 'number', 'date', 'boolean', 'list', 'any']),
    /** The job that calculates it for everybody who was there before it. */
    jobId: z.string(),
    createdAt: z.iso.datetime(),
    createdBy: z.string().optional(),
  })
  .meta({ id: 'Trait' });
export type ShownTrait = z.output<typeof ShownTrait>;

export const listTraits = route({
  id: 'listTraits',
  capability: 'traits',
  method: 'GET',
  path: '/traits',
  scope: 'read',
  status: 200,
  summary: 'List the calculated fields of profiles, newest first',
  response: z.object({ items: z.array(ShownTrait) }),
});

export const createTrait = route({
  id: 'createTrait',
  capability: 'traits',
  method: 'POST',
  path: '/traits',
  scope: 'write',
  status: 201,
  summary: 'Create a calculated field',
  description:
    'It is a field of profiles, `traits.<name>`, in segments, searches and exports. It follows every event within ' +
    'seconds; whoever was there before it is calculated in the background (`jobId`). Whoever has done nothing of what ' +
    'it counts has no value. A formula reads fields and other traits; it is checked before it is kept, and what is ' +
    'wrong is told with its place.',
  body: TraitBody,
  response: ShownTrait,
  problems: ['CONFLICT'],
  examples: [
    {
      summary: 'How often somebody has bought for more than 100 in the last 90 days',
      body: {
        name: 'large_orders_90d',
        kind: 'count',
        event: 'purchase',
        where: { field: 'properties.amount', operator: '>', value: 100 },
        windowDays: 90,
      },
    },
    {
      summary: 'The category that somebody looks at most',
      body: { name: 'favourite_category', kind: 'most_frequent', event: 'product_view', property: 'category' },
    },
    {
      summary: 'A share of what was spent',
      body: {
        name: 'spent_per_visit',
        kind: 'formula',
        formula: 'round(computed.ltv / max(1, computed.purchaseCount), 2)',
      },
    },
  ],
});

export const deleteTrait = route({
  id: 'deleteTrait',
  capability: 'traits',
  method: 'DELETE',
  path: '/traits/{name}',
  scope: 'write',
  status: 204,
  summary: 'Delete a calculated field',
  description:
    'Refused while segments or other traits use it: `details` names them. What was calculated is cleared in the background.',
  params: z.strictObject({ name: z.string().min(1).max(200) }),
  problems: ['NOT_FOUND', 'CONFLICT'],
});
