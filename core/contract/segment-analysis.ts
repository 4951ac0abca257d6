import * as z from 'zod';
import { SegmentRules, SegmentType } from '../language/segment-rules.ts';
import { identifierTypes } from '../model/identifier.ts';
import { consentChannels, Profile } from '../model/profile.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const Period = z.strictObject({ startDate: Moment.optional(), endDate: Moment.optional() });
const count = z.number().int();

export const previewSegment = route({
  id: 'previewSegment',
  capability: 'segments',
  method: 'POST',
  path: '/segments/preview',
  scope: 'read',
  status: 200,
  summary: 'Who would be in a segment?',
  description:
    'Counts everybody of whom the rules hold, saves nothing. The count is exact, so that both ends of `ci95` are the ' +
    'count; `meta.asOf` tells the newest change that it knows. `sample` asks for so many of them.',
  body: z.strictObject({
    type: SegmentType,
    rules: SegmentRules,
    parentId: z.string().min(1).max(200).optional(),
    sample: z.number().int().min(0).max(100).default(10),
  }),
  response: z.object({
    count,
    ci95: z.object({ low: count, high: count }),
    sample: z.array(Profile),
    /** How many of them are known by an identifier of each type. */
    identifierCoverage: z.array(z.object({ type: z.enum(identifierTypes), profiles: count, percent: z.number() })),
    consentBreakdown: z.array(
      z.object({ channel: z.enum(consentChannels), granted: count, refused: count, unknown: count }),
    ),
    /** What it took: how many profiles were looked at, and for how long. */
    cost: z.object({ profilesRead: count, milliseconds: count }),
  }),
  later: true,
  problems: ['FORBIDDEN'],
  idempotency: 'derived',
  examples: [
    {
      summary: 'Whoever bought three times in the last 90 days',
      body: { type: 'behavioral', rules: { event: 'purchase', count: { min: 3 }, timeWindow: 90 }, sample: 5 },
    },
  ],
});

export const overlapSegments = route({
  id: 'overlapSegments',
  capability: 'segments',
  method: 'POST',
  path: '/segments/overlap',
  scope: 'read',
  status: 200,
  summary: 'Who is in several segments?',
  description:
    'Exact, of the members as they stand. `matrix[i][j]` counts who is in both; on the diagonal stands the size. ' +
    '`intersections` tells of each combination that anybody is in, the largest first, at most 500: how many are in all of ' +
    'these (`count`), and how many in these and in none of the others (`only`).',
  body: z.strictObject({ segmentIds: z.array(z.string().min(1).max(200)).min(2).max(20) }),
  response: z.object({
    segmentIds: z.array(z.string()),
    matrix: z.array(z.array(count)),
    intersections: z.array(z.object({ segmentIds: z.array(z.string()), count, only: count })),
    /** Whoever is in any of them. */
    union: count,
  }),
  problems: ['NOT_FOUND'],
  idempotency: 'derived',
  examples: [{ summary: 'Of two', body: { segmentIds: ['segment-123', 'segment-124'] } }],
});

export const showSegmentHistory = route({
  id: 'showSegmentHistory',
  capability: 'segments',
  method: 'GET',
  path: '/segments/{id}/history',
  scope: 'read',
  status: 200,
  summary: 'How large was a segment, and who came and went?',
  description:
    'Day by day in the reporting time zone, of the last 30 days unless others are asked for, 400 at most: how many ' +
    'entered, how many left, and how large it was at the end of the day. Stays that are over are known for 400 days.',
  params: IdParams,
  query: Period,
  response: z.object({
    series: z.array(z.object({ date: z.iso.date(), size: count, entered: count, exited: count })),
    entered: count,
    exited: count,
  }),
  problems: ['NOT_FOUND'],
});

const Performance = z.object({
  profiles: count,
  /** Who bought in the period. */
  buyers: count,
  /** Percent of the profiles. */
  conversionRate: z.number(),
  orders: count,
  /** In the account currency, less what was given back. */
  revenue: z.number(),
  /** Average order value. */
  aov: z.number(),
  revenuePerProfile: z.number(),
});

export const showSegmentPerformance = route({
  id: 'showSegmentPerformance',
  capability: 'segments',
  method: 'GET',
  path: '/segments/{id}/performance',
  scope: 'read',
  status: 200,
  summary: 'What do the people of a segment buy, beside everybody else?',
  description:
    'Of whoever its rules hold of now, or was put into it by hand, and of all others: orders and refunds of the last 30 ' +
    'days, unless another period is asked for, in the account currency. `lift` is how many times the rest’s: absent ' +
    'where the rest has none.',
  params: IdParams,
  query: Period,
  response: z.object({
    segment: Performance,
    rest: Performance,
    lift: z.object({
      conversionRate: z.number().optional(),
      revenuePerProfile: z.number().optional(),
      aov: z.number().optional(),
    }),
  }),
  later: true,
  problems: ['NOT_FOUND'],
});
