import * as z from 'zod';
import { Profile } from '../model/profile.ts';
import { dates, Handle } from './analytics-parts.ts';
import { Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Change = z.object({
  current: z.number().int(),
  /** In as much time before. */
  previous: z.number().int(),
  /** In percent of `previous`; absent where that is nothing. */
  change: z.number().optional(),
});

export const getOverview = route({
  id: 'getOverview',
  capability: 'analytics',
  method: 'GET',
  path: '/analytics/overview',
  scope: 'read',
  status: 200,
  summary: 'The figures of a dashboard: how many, how much, from where, and how that goes',
  description:
    'Totals are of everybody as they are now; `trends` is about the range, of which the last 62 days are known (all of it ' +
    'where none is named: 30 days). Countries are ISO 3166 codes: `GB`, not `UK`.',
  query: z.strictObject(dates),
  response: z.object({
    totalProfiles: z.number().int(),
    totalEvents: z.number().int(),
    averageLtv: z.number(),
    averagePurchaseCount: z.number(),
    /** In percent of all profiles. */
    consentRate: z.record(z.string(), z.number()),
    topCountries: z.array(z.object({ country: z.string(), count: z.number().int(), handle: Handle })),
    trends: z.object({
      profiles: Change,
      events: Change,
      days: z.array(z.object({ day: z.iso.date(), profiles: z.number().int(), events: z.number().int() })),
    }),
    handles: z.object({ totalProfiles: Handle, consentRate: z.record(z.string(), Handle) }),
  }),
  problems: ['VALIDATION_FAILED', 'UNAVAILABLE'],
});

export const listPeople = route({
  id: 'listPeople',
  capability: 'analytics',
  method: 'GET',
  path: '/analytics/people/{handle}',
  scope: 'read',
  status: 200,
  summary: 'List exactly the profiles behind a figure',
  description:
    'Every figure of an analysis carries a `handle`. It holds for 7 days, as long as what the figure was made of is kept: ' +
    'at least a quarter of an hour. Who was erased since is not shown; who was merged is shown as the survivor.',
  params: z.strictObject({ handle: z.string().min(1).max(200) }),
  query: Paging,
  response: pageOf(Profile),
  later: true,
  problems: ['NOT_FOUND'],
});
