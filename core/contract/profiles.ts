import * as z from 'zod';
import { IdentifierType } from '../model/identifier.ts';
import {
  AttributesPatch,
  attributeShape,
  ComputedPatch,
  ConsentPatch,
  CustomFields,
  ExternalIdsInput,
  Profile,
} from '../model/profile.ts';
import { TrackedEvent } from './events.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';
import { Session } from './sessions.ts';

/** A new profile, flat (`email`, `firstName` …) or nested (`externalIds`, `attributes`), or both. */
export const NewProfile = z.strictObject({
  ...z.object(attributeShape).partial().shape,
  customerId: z.string().trim().min(1).max(256).optional(),
  tags: AttributesPatch.shape.tags,
  customFields: CustomFields.optional(),
  externalIds: ExternalIdsInput.optional(),
  attributes: AttributesPatch.optional(),
  consent: ConsentPatch.optional(),
});
export type NewProfile = z.output<typeof NewProfile>;

/** Who says so: kept with every field and every consent that a request writes. */
const Source = z.string().trim().min(1).max(100).default('api');

export const createProfile = route({
  id: 'createProfile',
  capability: 'profiles',
  method: 'POST',
  path: '/profiles',
  scope: 'write',
  status: 201,
  summary: 'Create a profile',
  description:
    'Takes a flat and a nested body. An identifier that another profile has is a conflict that names this profile; ' +
    '`onConflict=upsert` updates it instead (200). `source` says who said so, for the record of each consent and field.',
  query: z.strictObject({ onConflict: z.enum(['reject', 'upsert']).default('reject'), source: Source }),
  body: NewProfile,
  response: Profile,
  problems: ['CONFLICT'],
  examples: [
    {
      summary: 'Flat',
      body: {
        email: 'customer@example.com',
        firstName: 'Jane',
        lastName: 'Doe',
        phone: '+14155551234',
        country: 'US',
        city: 'San Francisco',
        customFields: { preferredLanguage: 'en', industry: 'Technology' },
        consent: { email: true, sms: false, tracking: true },
      },
    },
    {
      summary: 'Nested',
      body: { externalIds: { deviceIds: ['device-mobile-123'] }, attributes: { country: 'US' } },
    },
  ],
});

export const listProfiles = route({
  id: 'listProfiles',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles',
  scope: 'read',
  status: 200,
  summary: 'List profiles, newest first',
  description:
    '`sort=createdAt` begins with the oldest. `POST /profiles/search` sorts by other fields. A `cursor` goes on in the ' +
    'order that it comes from.',
  query: Paging.extend({ sort: z.enum(['-createdAt', 'createdAt']).default('-createdAt') }),
  response: pageOf(Profile),
});

export const lookupProfile = route({
  id: 'lookupProfile',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/lookup',
  scope: 'read',
  status: 200,
  summary: 'Find the profile that has an identifier',
  description: 'Values are compared as they are matched: e-mail without case, phone numbers without punctuation.',
  query: z.strictObject({ type: IdentifierType, value: z.string().min(1).max(256) }),
  response: Profile,
  problems: ['NOT_FOUND'],
});

export const getProfile = route({
  id: 'getProfile',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}',
  scope: 'read',
  status: 200,
  summary: 'Read a profile',
  description:
    'Always with its segments; `include=sessions` adds its last 20 sessions, newest first. `asOf` tells it as it was at ' +
    'an instant: attributes and identifiers by what was committed, consent by what was said, counters by the events that ' +
    'were received and are still kept. `meta.notReconstructed` names what of it is not kept long enough.',
  params: IdParams,
  query: z.strictObject({
    include: z
      .string()
      .regex(/^(segments|sessions)(,(segments|sessions))*$/, 'names segments, sessions or both, with a comma')
      .optional(),
    asOf: z.iso.datetime({ offset: true }).optional(),
  }),
  response: Profile.extend({
    sessions: z.array(Session).optional(),
    /** The ids of profiles that were merged into it; they lead to it. */
    mergedFrom: z.array(z.string()).optional(),
  }),
  problems: ['NOT_FOUND'],
});

export const updateProfile = route({
  id: 'updateProfile',
  capability: 'profiles',
  method: 'PUT',
  path: '/profiles/{id}',
  scope: 'write',
  status: 200,
  summary: 'Update parts of a profile',
  description:
    'Merges deeply: what is not sent stays, `null` clears, arrays replace. `computed` sets absolute values; events ' +
    'received afterwards add to them. `If-Match` with an ETag refuses an update of a profile that has changed since. ' +
    '`source` says who said so, for the record of each consent and field.',
  params: IdParams,
  query: z.strictObject({ source: Source }),
  body: z.strictObject({
    externalIds: ExternalIdsInput.optional(),
    attributes: AttributesPatch.optional(),
    computed: ComputedPatch.optional(),
    consent: ConsentPatch.optional(),
  }),
  response: Profile,
  problems: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  examples: [
    {
      summary: 'Computed values and tags',
      body: {
        computed: { purchaseCount: 1, ltv: 299.99, aov: 299.99, lastPurchaseDate: '2026-02-15T10:30:00.000Z' },
        attributes: { tags: ['customer', 'first-purchase'] },
      },
    },
  ],
});

export const deleteProfile = route({
  id: 'deleteProfile',
  capability: 'profiles',
  method: 'DELETE',
  path: '/profiles/{id}',
  scope: 'privacy',
  status: 200,
  summary: 'Erase a profile',
  description:
    'As `POST /gdpr/delete/{profileId}`: nothing of it is told from the answer on, what names it is not taken any more, and ' +
    '`GET /gdpr/requests/{requestId}` has the receipt.',
  params: IdParams,
  query: z.strictObject({ reason: z.string().min(1).max(200).optional() }),
  response: z.object({ id: z.string(), deleted: z.literal(true), requestId: z.string() }),
  problems: ['NOT_FOUND'],
});

const TimelineQuery = z.strictObject({
  limit: Paging.shape.limit,
  cursor: Paging.shape.cursor,
  startDate: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  endDate: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
});

const eventPage = pageOf(TrackedEvent).omit({ total: true, offset: true });

export const listProfileEvents = route({
  id: 'listProfileEvents',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/events',
  scope: 'read',
  status: 200,
  summary: 'List a profile’s events, newest first',
  params: IdParams,
  query: TimelineQuery.extend({ type: z.string().min(1).max(100).optional() }),
  response: eventPage,
  later: true,
  problems: ['NOT_FOUND'],
});

const mergeShape = { mergeId: z.string(), profileId: z.string(), mergedId: z.string() };

const TimelineEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), at: z.iso.datetime(), event: TrackedEvent }),
  z.object({
    kind: z.literal('consent'),
    at: z.iso.datetime(),
    consent: z.object({ changes: z.record(z.string(), z.boolean()), source: z.string() }),
  }),
  z.object({
    kind: z.literal('merge'),
    at: z.iso.datetime(),
    /** `mergedId` became a part of `profileId`. */
    merge: z.object({ ...mergeShape, reason: z.string(), score: z.number() }),
  }),
  z.object({ kind: z.literal('unmerge'), at: z.iso.datetime(), merge: z.object(mergeShape) }),
  z.object({ kind: z.literal('segment_entered'), at: z.iso.datetime(), segmentId: z.string() }),
  z.object({ kind: z.literal('segment_exited'), at: z.iso.datetime(), segmentId: z.string() }),
]);

export const getTimeline = route({
  id: 'getTimeline',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/timeline',
  scope: 'read',
  status: 200,
  summary: 'Everything that happened with a person, newest first',
  description:
    'Events, consent, merges and what undid them, segments that were entered and left (the last time of each). `types` ' +
    'names kinds of entries, and types of events.',
  params: IdParams,
  query: TimelineQuery.extend({ types: z.string().max(1000).optional() }),
  response: pageOf(TimelineEntry).omit({ total: true, offset: true }),
  later: true,
  problems: ['NOT_FOUND'],
});
