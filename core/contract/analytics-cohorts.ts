import * as z from 'zod';
import { reportIntervals, weekStarts } from '../model/report-periods.ts';
import { answeredRange, Currency, dates, EventName, Handle, SegmentFilter } from './analytics-parts.ts';
import { route } from './route.ts';

/** `acquisition`: by the first event of each person; `revenue`: by the first purchase; `retention`: by every period in which somebody is there. */
const cohortTypes = ['acquisition', 'retention', 'revenue'] as const;
const metrics = ['retention', 'revenue'] as const;
const modes = ['on', 'onOrAfter'] as const;

const money = {
  revenue: z.number().optional(),
  cumulativeRevenue: z.number().optional(),
};
const moneyEach = {
  revenuePerMember: z.number().optional(),
  cumulativeRevenuePerMember: z.number().optional(),
};

const CohortPeriod = z.object({
  /** Periods since joining. */
  period: z.number().int(),
  start: z.iso.date(),
  count: z.number().int(),
  /** In percent of the members. */
  rate: z.number(),
  /** It is over. What is not is left out of the means. */
  complete: z.boolean(),
  /** In points of percent, to the mean of all cohorts and to the cohort before. */
  versusMean: z.number().optional(),
  versusPrevious: z.number().optional(),
  ...money,
  ...moneyEach,
  handle: Handle,
});

export const CohortDefinition = z
  .strictObject({
    cohortType: z.enum(cohortTypes).default('acquisition'),
    ...dates,
    /** What is told of members: how many come back, or what they bring. */
    metric: z.enum(metrics).optional(),
    interval: z.enum(reportIntervals).default('week'),
    weekStart: z.enum(weekStarts).default('monday'),
    /** `onOrAfter`: who comes in a later period counts for every one before, too. */
    mode: z.enum(modes).default('on'),
    /** The event that makes somebody a member, in place of what `cohortType` says. */
    event: EventName.optional(),
    /** The event by which members are there again; any where none is named, a purchase where revenue is told. */
    returnEvent: EventName.optional(),
    currency: Currency.optional(),
    segmentId: SegmentFilter.optional(),
  })
  .meta({ id: 'CohortDefinition' });

export const analyzeCohorts = route({
  id: 'analyzeCohorts',
  capability: 'analytics',
  method: 'POST',
  path: '/analytics/cohorts',
  scope: 'read',
  status: 200,
  summary: 'Follow people by the period in which they came',
  description:
    'Periods are whole days, weeks or months of `REPORTING_TIMEZONE`. In period 0 everybody is there. The mean weighs every ' +
    'member the same, over complete periods alone.',
  body: CohortDefinition,
  response: z.object({
    cohortType: z.enum(cohortTypes),
    metric: z.enum(metrics),
    interval: z.enum(reportIntervals),
    mode: z.enum(modes),
    ...answeredRange,
    segmentId: z.string().optional(),
    currency: z.string().optional(),
    cohorts: z.array(
      z.object({ start: z.iso.date(), size: z.number().int(), handle: Handle, periods: z.array(CohortPeriod) }),
    ),
    mean: z.array(
      z.object({
        period: z.number().int(),
        cohorts: z.number().int(),
        members: z.number().int(),
        rate: z.number(),
        ...moneyEach,
      }),
    ),
  }),
  later: true,
  idempotency: 'derived',
  problems: ['VALIDATION_FAILED'],
  audited: false,
  examples: [
    {
      summary: 'Who came when, and comes again',
      body: {
        cohortType: 'acquisition',
        startDate: '2026-01-01',
        endDate: '2026-02-15',
        metric: 'retention',
        interval: 'week',
      },
    },
  ],
});
