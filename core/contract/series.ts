import * as z from 'zod';
import { route } from './route.ts';

export const seriesMetrics = ['events', 'people', 'purchases', 'revenue'] as const;
const Day = z.iso.date();

const asked = {
  metric: z.enum(seriesMetrics),
  /** Events of this type alone. */
  type: z.string().min(1).max(100).optional(),
};

const Point = z.object({ date: Day, value: z.number() });

export const findTrend = route({
  id: 'findTrend',
  capability: 'analytics',
  method: 'POST',
  path: '/analytics/trends',
  scope: 'read',
  status: 200,
  summary: 'Does a metric rise or fall, more than by chance?',
  description:
    'Days, or weeks from Monday, of REPORTING_TIMEZONE. The slope is the median of all slopes (Theil–Sen), `pValue` that ' +
    'of the test of Mann and Kendall.',
  body: z.strictObject({ ...asked, interval: z.enum(['day', 'week']).default('day'), startDate: Day, endDate: Day }),
  response: z.object({
    series: z.array(Point),
    trend: z.object({
      direction: z.enum(['rising', 'falling', 'none']),
      slope: z.number(),
      intercept: z.number(),
      tau: z.number(),
      pValue: z.number(),
    }),
  }),
  problems: ['UNAVAILABLE'],
  examples: [
    { summary: 'Revenue by day', body: { metric: 'revenue', startDate: '2026-01-01', endDate: '2026-02-15' } },
  ],
});

export const forecastMetric = route({
  id: 'forecastMetric',
  capability: 'analytics',
  method: 'POST',
  path: '/analytics/forecast',
  scope: 'read',
  status: 200,
  summary: 'What comes next of a metric, with intervals',
  description:
    'By day, from all whole days until yesterday. Holt–Winters where it beats the same as a week ago on a rolling origin ' +
    '(`mase` below 1), else that, and `method` says so. Intervals would have held what came nine times of ten; ' +
    '`coverage` is how often they did on days that they were not made from.',
  body: z.strictObject({
    ...asked,
    horizon: z.int().min(1).max(60).default(14),
    historyDays: z.int().min(28).max(730).default(180),
  }),
  response: z.object({
    status: z.enum(['forecast', 'insufficient_data']),
    reason: z.string().optional(),
    method: z.enum(['holt_winters', 'seasonal_naive']).optional(),
    mase: z.number().optional(),
    coverage: z.number().optional(),
    points: z.array(z.object({ date: Day, forecast: z.number(), lower: z.number(), upper: z.number() })),
  }),
  problems: ['UNAVAILABLE'],
  examples: [{ summary: 'Two weeks of purchases', body: { metric: 'purchases', horizon: 14 } }],
});

export const listAnomalies = route({
  id: 'listAnomalies',
  capability: 'analytics',
  method: 'GET',
  path: '/analytics/anomalies',
  scope: 'read',
  status: 200,
  summary: 'List days on which something was not as usual',
  description:
    'Each day beside the same weekday of eight weeks (median, and median absolute deviation). Days that follow one ' +
    'another are one incident. Until yesterday; all metrics where none is named.',
  query: z.strictObject({
    metric: z.enum(seriesMetrics).optional(),
    startDate: Day.optional(),
    endDate: Day.optional(),
  }),
  response: z.object({
    items: z.array(
      z.object({
        metric: z.enum(seriesMetrics),
        startDate: Day,
        endDate: Day,
        peakDate: Day,
        value: z.number(),
        expected: z.number(),
        /** How many spreads it was off by. */
        score: z.number(),
        inWords: z.string(),
      }),
    ),
  }),
  problems: ['UNAVAILABLE'],
});
