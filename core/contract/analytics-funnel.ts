import * as z from 'zod';
import { isDuration } from '../language/duration.ts';
import { funnelOrders } from '../model/funnel-sums.ts';
import { answeredRange, dates, EventName, Handle, SegmentFilter } from './analytics-parts.ts';
import { route } from './route.ts';

const windowSecondsMax = 366 * 86_400;

const Window = z.union([
  z.number().int().min(1).max(windowSecondsMax),
  z.string().max(40).refine(isDuration, 'is no ISO 8601 duration of fixed length, such as P7D'),
]);

const StepFigures = z
  .object({
    step: z.number().int(),
    event: z.string(),
    /** People who reached it. */
    count: z.number().int(),
    /** In percent: of those who began, and of those who reached the step before. */
    conversion: z.number(),
    conversionFromPrevious: z.number(),
    /** People who reached the step before and not this one. */
    dropoff: z.number().int(),
    dropoffRate: z.number(),
    /** Seconds from the step before; absent where nobody came so far. */
    medianTimeToConvert: z.number().optional(),
    meanTimeToConvert: z.number().optional(),
    medianTimeFromStart: z.number().optional(),
    meanTimeFromStart: z.number().optional(),
    handle: Handle,
    dropoffHandle: Handle.optional(),
  })
  .meta({ id: 'FunnelStep' });

export const FunnelDefinition = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    steps: z
      .array(z.strictObject({ event: EventName }))
      .min(2)
      .max(20),
    ...dates,
    /** From the first step to the last: seconds, or an ISO 8601 duration. */
    timeWindow: Window.default(7 * 86_400),
    /** `sequential`: in this order; `strict`: and no other event in between; `any`: in whatever order. */
    order: z.enum(funnelOrders).default('sequential'),
    /** One of these between two steps ends an attempt. */
    exclusions: z
      .array(z.strictObject({ event: EventName }))
      .max(20)
      .default([]),
    segmentId: SegmentFilter.optional(),
    /** A field of profiles: `attributes.country`. */
    breakdown: z.string().min(1).max(200).optional(),
  })
  .meta({ id: 'FunnelDefinition' });

export const analyzeFunnel = route({
  id: 'analyzeFunnel',
  capability: 'analytics',
  method: 'POST',
  path: '/analytics/funnel',
  scope: 'read',
  status: 200,
  summary: 'Count how many people get how far through steps',
  description:
    'One event fills one step; the window runs from the first step, its edge included. Every event that may be the first ' +
    'step begins an attempt; the one that gets furthest counts, of several the earliest.',
  body: FunnelDefinition,
  response: z.object({
    name: z.string().optional(),
    order: z.enum(funnelOrders),
    timeWindow: z.number().int(),
    timeWindowUnit: z.literal('seconds'),
    ...answeredRange,
    segmentId: z.string().optional(),
    steps: z.array(StepFigures),
    breakdown: z
      .object({ field: z.string(), groups: z.array(z.object({ value: z.string(), steps: z.array(StepFigures) })) })
      .optional(),
  }),
  later: true,
  idempotency: 'derived',
  problems: ['VALIDATION_FAILED', 'FORBIDDEN'],
  examples: [
    {
      summary: 'From looking to buying within a day',
      body: {
        name: 'Purchase Funnel',
        steps: [{ event: 'page_view' }, { event: 'product_view' }, { event: 'add_to_cart' }, { event: 'purchase' }],
        startDate: '2026-01-01',
        endDate: '2026-02-15',
        timeWindow: 86_400,
      },
    },
  ],
});
