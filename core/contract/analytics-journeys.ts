import * as z from 'zod';
import { channels } from '../model/channel.ts';
import { classed } from '../model/field-class.ts';
import { answeredRange, dates, EventName, Handle, SegmentFilter } from './analytics-parts.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

export const analyzeJourneys = route({
  id: 'analyzeJourneys',
  capability: 'analytics',
  method: 'POST',
  path: '/analytics/journeys',
  scope: 'read',
  status: 200,
  summary: 'Show which ways people go, as nodes and links of a Sankey diagram',
  description:
    'One path of each person: from the first `startEvent` on (the first event of the time where none is named), or up to ' +
    'the first `endEvent` alone, where steps count back from 0. The same event twice in a row is one step.',
  body: z.strictObject({
    ...dates,
    startEvent: EventName.optional(),
    endEvent: EventName.optional(),
    depth: z.number().int().min(2).max(10).default(5),
    minCount: z.number().int().min(1).max(1_000_000_000).default(1),
    segmentId: SegmentFilter.optional(),
  }),
  response: z.object({
    ...answeredRange,
    depth: z.number().int(),
    segmentId: z.string().optional(),
    /** Whoever has a path. */
    people: z.number().int(),
    nodes: z.array(
      z.object({
        id: z.string(),
        step: z.number().int(),
        event: z.string(),
        count: z.number().int(),
        /** Whose path goes no further. */
        ended: z.number().int(),
        handle: Handle,
        endedHandle: Handle.optional(),
      }),
    ),
    links: z.array(z.object({ source: z.string(), target: z.string(), count: z.number().int(), handle: Handle })),
  }),
  later: true,
  idempotency: 'derived',
  problems: ['VALIDATION_FAILED'],
  audited: false,
  examples: [{ summary: 'What people do first', body: { depth: 5 } }],
});

const JourneyStep = z.object({
  step: z.number().int(),
  at: z.iso.datetime(),
  event: z.string(),
  eventId: z.string(),
  sessionId: z.string().optional(),
  /** Of the first event of a session: where it came from. */
  channel: z.enum(channels).optional(),
  /** Something was bought. */
  conversion: z.boolean(),
});

export const getProfileJourney = route({
  id: 'getProfileJourney',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/journey',
  scope: 'read',
  status: 200,
  summary: 'Show a profile’s way: what it did, from where it came, and how often it went from one to the other',
  params: IdParams,
  query: z.strictObject({ ...dates, limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  response: z.object({
    ...answeredRange,
    /** In the order of time: the last so many of them. */
    steps: classed('behavioural', z.array(JourneyStep)),
    links: classed(
      'behavioural',
      z.array(z.object({ source: z.string(), target: z.string(), count: z.number().int() })),
    ),
    sessions: z.number().int(),
    conversions: z.number().int(),
    /** There is more than was asked for. */
    truncated: z.boolean(),
  }),
  later: true,
  problems: ['NOT_FOUND'],
});
