import * as z from 'zod';
import { sourceKinds } from '../model/source-activity.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Counts = z.object({
  accepted: z.number().int(),
  /** Answered with an error. */
  rejected: z.number().int(),
  /** Accepted, and kept aside already when they came. */
  quarantined: z.number().int(),
  /** Not as the tracking plan says. */
  violations: z.number().int(),
});

/** A write key under a name: where events come from, and how it goes. */
export const Source = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(sourceKinds),
    enabled: z.boolean(),
    /** The first characters of its key, to recognise it by. */
    prefix: z.string(),
    createdAt: z.iso.datetime(),
    /** Accepted in the last minute. */
    eventsPerMinute: z.number().int(),
    /** Rejected or kept aside in the last minute. */
    errorsPerMinute: z.number().int(),
    /** Since it came to be. */
    totals: Counts,
    lastSeenAt: z.iso.datetime().optional(),
    lastError: z.object({ at: z.iso.datetime(), path: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: 'Source' });
export type Source = z.output<typeof Source>;

const Name = z.string().trim().min(1).max(200);

export const listSources = route({
  id: 'listSources',
  capability: 'sources',
  method: 'GET',
  path: '/sources',
  scope: 'read',
  status: 200,
  summary: 'List sources: write keys with what comes from them',
  description: 'Rates and counts are as of some ten seconds ago.',
  query: Paging,
  response: pageOf(Source),
});

export const createSource = route({
  id: 'createSource',
  capability: 'sources',
  method: 'POST',
  path: '/sources',
  scope: 'admin',
  status: 201,
  summary: 'Create a source',
  description:
    'The write key is shown once, in this answer. The same request under the same `Idempotency-Key` gives the same key.',
  body: z.strictObject({ name: Name, kind: z.enum(sourceKinds).default('other') }),
  response: Source.extend({ key: z.string() }),
  idempotency: 'derived',
  examples: [{ summary: 'A shop in the browser', body: { name: 'Shop', kind: 'web' } }],
});

export const updateSource = route({
  id: 'updateSource',
  capability: 'sources',
  method: 'PUT',
  path: '/sources/{id}',
  scope: 'admin',
  status: 200,
  summary: 'Rename a source, enable or disable it',
  description: 'What is not sent stays. Events of a disabled source are refused everywhere within 60 seconds.',
  params: IdParams,
  body: z.strictObject({
    name: Name.optional(),
    kind: z.enum(sourceKinds).optional(),
    enabled: z.boolean().optional(),
  }),
  response: Source,
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'Off for a while', body: { enabled: false } }],
});

export const deleteSource = route({
  id: 'deleteSource',
  capability: 'sources',
  method: 'DELETE',
  path: '/sources/{id}',
  scope: 'admin',
  status: 204,
  summary: 'Delete a source',
  description: 'Its key is revoked: refused everywhere within 60 seconds.',
  params: IdParams,
  problems: ['NOT_FOUND', 'CONFLICT'],
});

export const testSource = route({
  id: 'testSource',
  capability: 'sources',
  method: 'POST',
  path: '/sources/{id}/test',
  scope: 'write',
  status: 202,
  summary: 'Send a test event as if it came from a source',
  description:
    'An event of the type `source_test` goes the way of all events, and is found in `GET /events/{id}` within seconds. ' +
    'All test events of a source are of one profile, which `anonymousId` names.',
  params: IdParams,
  response: z.object({
    eventId: z.string(),
    anonymousId: z.string(),
    status: z.enum(['accepted', 'quarantined']),
  }),
  problems: ['NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
});
