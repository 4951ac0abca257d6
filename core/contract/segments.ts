import * as z from 'zod';
import type { Condition } from '../language/condition.ts';
import { SegmentRules, SegmentType } from '../language/segment-rules.ts';
import { classed } from '../model/field-class.ts';
import { Profile } from '../model/profile.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

/** With every change (the default); every so many minutes; or when somebody asks for it. */
const Refresh = z.union([z.enum(['live', 'manual']), z.strictObject({ everyMinutes: z.int().min(1).max(10_080) })]);

export const Segment = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().optional(),
    type: SegmentType,
    /** A manual segment has none. */
    rules: SegmentRules.optional(),
    /** The segment that it is a part of: whoever is not in that one is not in this. */
    parentId: z.string().optional(),
    refresh: Refresh.optional(),
    version: z.number().int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Segment' });
export type Segment = z.output<typeof Segment>;

/** A segment as it is kept. */
export type StoredSegment = Segment & {
  /** The version at which its rules became what they are: what memberships are decided by. */
  rulesVersion: number;
  /** The job that evaluates these rules over all profiles. */
  jobId: string;
  /** What the rules come to, with other segments and scores in them resolved; absent where they are that already. */
  condition?: Condition;
  /** The segments that were resolved, each with the version of its rules; 0 for one that was not there. */
  uses?: Record<string, number>;
  /** The version of the cuts between scores; 0 before there were any. */
  cutsVersion?: number;
};

const SegmentBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2000).optional(),
  type: SegmentType,
  rules: SegmentRules.optional(),
  parentId: z.string().min(1).max(200).optional(),
  refresh: Refresh.optional(),
});

export const createSegment = route({
  id: 'createSegment',
  capability: 'segments',
  method: 'POST',
  path: '/segments',
  scope: 'write',
  status: 201,
  summary: 'Create a segment',
  description:
    'It fills itself: existing profiles are evaluated in the background (`jobId`), and every later change of a profile ' +
    'within seconds.',
  body: SegmentBody,
  response: Segment.extend({ jobId: z.string() }),
  examples: [
    {
      summary: 'High value customers',
      body: {
        name: 'High Value Customers',
        description: 'Customers with LTV > $1000 and 3+ purchases',
        type: 'rule-based',
        rules: {
          operator: 'AND',
          conditions: [
            { field: 'computed.ltv', operator: '>', value: 1000 },
            { field: 'computed.purchaseCount', operator: '>=', value: 3 },
          ],
        },
      },
    },
  ],
});

export const listSegments = route({
  id: 'listSegments',
  capability: 'segments',
  method: 'GET',
  path: '/segments',
  scope: 'read',
  status: 200,
  summary: 'List segments, newest first',
  description:
    'Counts may be up to `CACHE_TTL_SECONDS` old, and where there are many segments a few are counted at a time: ' +
    '`countAsOf` tells when it was, and both are absent where it was not yet.',
  query: Paging.extend({ type: SegmentType.optional() }),
  response: pageOf(
    Segment.extend({ memberCount: z.number().int().optional(), countAsOf: z.iso.datetime().optional() }),
  ),
});

export const getSegment = route({
  id: 'getSegment',
  capability: 'segments',
  method: 'GET',
  path: '/segments/{id}',
  scope: 'read',
  status: 200,
  summary: 'Read a segment',
  params: IdParams,
  response: Segment,
  problems: ['NOT_FOUND'],
});

const SegmentPatch = z.strictObject({
  name: SegmentBody.shape.name.optional(),
  description: z.string().max(2000).nullish(),
  type: SegmentType.optional(),
  rules: SegmentRules.nullish(),
  parentId: z.string().min(1).max(200).nullish(),
  refresh: Refresh.optional(),
});
export type SegmentPatch = z.output<typeof SegmentPatch>;

export const updateSegment = route({
  id: 'updateSegment',
  capability: 'segments',
  method: 'PUT',
  path: '/segments/{id}',
  scope: 'write',
  status: 200,
  summary: 'Update parts of a segment',
  description:
    'What is not sent stays; `null` clears the description. Other rules are held against all profiles in the background ' +
    '(`jobId`), and whoever fits no longer leaves. `If-Match` with an ETag refuses an update of a segment that has changed ' +
    'since.',
  params: IdParams,
  body: SegmentPatch,
  response: Segment.extend({ jobId: z.string() }),
  problems: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  examples: [{ summary: 'Another name', body: { name: 'Best customers' } }],
});

export const deleteSegment = route({
  id: 'deleteSegment',
  capability: 'segments',
  method: 'DELETE',
  path: '/segments/{id}',
  scope: 'write',
  status: 200,
  summary: 'Delete a segment',
  description:
    'Refused while audiences use it (`details` names them), unless `force=true`: then its members leave these audiences, ' +
    'too. The segment is gone at once; `jobId` clears what was kept of its members.',
  params: IdParams,
  query: z.strictObject({ force: z.stringbool().default(false) }),
  response: z.object({ id: z.string(), deleted: z.literal(true), jobId: z.string() }),
  problems: ['NOT_FOUND', 'CONFLICT'],
});

export const listMembers = route({
  id: 'listMembers',
  capability: 'segments',
  method: 'GET',
  path: '/segments/{id}/members',
  scope: 'read',
  status: 200,
  summary: 'List the members of a segment, who entered last first',
  description:
    'With `asOf` those who were members at that instant, with their profiles as they are now; known for 400 days back.',
  params: IdParams,
  query: Paging.extend({ asOf: z.iso.datetime({ offset: true }).optional() }),
  response: pageOf(z.object({ profileId: z.string(), enteredAt: z.iso.datetime(), profile: Profile })).extend({
    /** The newest receive time of an event that profiles reflect; memberships follow within seconds. */
    watermark: z.iso.datetime().optional(),
  }),
  problems: ['NOT_FOUND'],
});

export const getSegmentSize = route({
  id: 'getSegmentSize',
  capability: 'segments',
  method: 'GET',
  path: '/segments/{id}/size',
  scope: 'read',
  status: 200,
  summary: 'Count the members of a segment',
  description: 'Counted now with `exact=true`; otherwise a count may be up to `CACHE_TTL_SECONDS` old.',
  params: IdParams,
  query: z.strictObject({ exact: z.stringbool().default(false) }),
  response: z.object({
    count: z.number().int(),
    estimated: z.boolean(),
    asOf: z.iso.datetime(),
    /** The segment’s first evaluation over existing profiles is still running. */
    stale: z.boolean(),
    /** The newest receive time of an event that profiles reflect; memberships follow within seconds. */
    watermark: z.iso.datetime().optional(),
  }),
  problems: ['NOT_FOUND'],
});

export const SegmentIds = classed('behavioural', z.array(z.string().min(1).max(200)).min(1).max(50));
