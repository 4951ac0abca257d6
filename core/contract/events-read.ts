import * as z from 'zod';
import { TrackedEvent } from './events.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { Received } from './quarantine.ts';
import { route } from './route.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const Text = z.string().min(1).max(256);

export const listEvents = route({
  id: 'listEvents',
  capability: 'events',
  method: 'GET',
  path: '/events',
  scope: 'read',
  status: 200,
  summary: 'Query events, newest first',
  description:
    'Every event of everybody, by the time it happened: those of a second ago and those of years ago. With `profileId` ' +
    'the events that the profile has now, with all that was merged into it. `meta.asOf` tells the newest change that ' +
    'the answer knows.',
  query: z.strictObject({
    type: z.string().min(1).max(100).optional(),
    profileId: Text.optional(),
    sessionId: Text.optional(),
    source: Text.optional(),
    startDate: Moment.optional(),
    endDate: Moment.optional(),
    limit: Paging.shape.limit,
    cursor: Paging.shape.cursor,
  }),
  response: pageOf(TrackedEvent).omit({ total: true, offset: true }),
  later: true,
  problems: ['UNAVAILABLE'],
});

const EventTrace = z
  .object({
    id: z.string(),
    receivedAt: z.iso.datetime(),
    status: z.enum(['processed', 'quarantined', 'redriven', 'duplicate', 'refused']),
    /** As the client sent it, in the form of `POST /events`. */
    raw: Received.optional(),
    /** As it is kept: checked, timed, with ids. */
    event: TrackedEvent.optional(),
    /** Which profile has folded it, at which of its versions; it may have been merged since. */
    foldedInto: z.object({ profileId: z.string(), version: z.number().int(), at: z.iso.datetime() }).optional(),
    /** The event that had brought the same message before: what is kept of it says what this one said. */
    duplicateOf: z.string().optional(),
    /** `erased`: its person was erased; nothing of it is kept. */
    refusedBecause: z.enum(['erased']).optional(),
    /** Why it could not be folded, since when it waits, and how often it was tried. */
    quarantine: z
      .object({ reason: z.string().optional(), at: z.iso.datetime().optional(), tries: z.number().int() })
      .optional(),
  })
  .meta({ id: 'EventTrace' });

export const getEvent = route({
  id: 'getEvent',
  capability: 'events',
  method: 'GET',
  path: '/events/{id}',
  scope: 'read',
  status: 200,
  summary: 'Read an event, and what became of it',
  description:
    'Known within seconds of being accepted. An event that was dropped because its message had come before, or because ' +
    'its person was erased, is not kept; for 14 days this tells so, and of which event it was a duplicate.',
  params: IdParams,
  response: EventTrace,
  later: true,
  problems: ['NOT_FOUND'],
});

export const streamEvents = route({
  id: 'streamEvents',
  capability: 'events',
  method: 'GET',
  path: '/events/stream',
  scope: 'read',
  status: 200,
  streams: true,
  summary: 'Follow events as they are folded',
  description:
    'Server-sent events: each has an event as `data` and a place as `id`. Who comes back with `Last-Event-ID` goes on ' +
    'from there without a gap; after 10 minutes the stream ends with `end` and such a place. `gap` says that some were ' +
    'missed, because the place is more than an hour old. With `after` it answers at once, as JSON: `now` for the place ' +
    'where the feed stands, the `after` of the last answer, or the id of an event. A browser names a `ticket`.',
  query: z.strictObject({
    type: z.string().min(1).max(100).optional(),
    profileId: Text.optional(),
    after: z.string().min(1).max(4096).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    ticket: z.string().min(1).max(4096).optional(),
  }),
  response: z.object({ items: z.array(TrackedEvent), after: z.string(), gap: z.boolean() }),
  problems: ['UNAVAILABLE'],
});

export const createStreamTicket = route({
  id: 'createStreamTicket',
  capability: 'events',
  method: 'POST',
  path: '/events/stream/ticket',
  scope: 'read',
  status: 201,
  summary: 'Make a ticket for the live feed',
  description: 'For a browser, which cannot send a key with `EventSource`. It opens the feed for a minute.',
  response: z.object({ ticket: z.string(), expiresAt: z.iso.datetime() }),
  idempotency: 'derived',
});
