import * as z from 'zod';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';
import { Segment } from './segments.ts';

/** What somebody may change of a segment. */
export const definitionFields = ['name', 'description', 'type', 'rules', 'parentId', 'refresh'] as const;

export const SegmentVersion = Segment.pick({
  name: true,
  description: true,
  type: true,
  rules: true,
  parentId: true,
  refresh: true,
})
  .extend({
    /** The version that the segment had then. */
    version: z.number().int(),
    at: z.iso.datetime(),
    /** Whose request it was. */
    by: z.string().optional(),
    /** What became other than before; of the first version everything that was given. */
    changed: z.array(z.enum(definitionFields)),
    /** The version that was restored by this one. */
    restoredFrom: z.number().int().optional(),
  })
  .meta({ id: 'SegmentVersion' });
export type SegmentVersion = z.output<typeof SegmentVersion>;

export const listSegmentVersions = route({
  id: 'listSegmentVersions',
  capability: 'segments',
  method: 'GET',
  path: '/segments/{id}/versions',
  scope: 'read',
  status: 200,
  summary: 'What has a segment been, since when, and who changed it? Newest first',
  description:
    'Kept from the first on, for as long as there is the segment. Whatever changes a segment is one version of it; what ' +
    'only follows from another segment, or from new scores, is none.',
  params: IdParams,
  query: Paging,
  response: pageOf(SegmentVersion),
  problems: ['NOT_FOUND'],
});

export const restoreSegment = route({
  id: 'restoreSegment',
  capability: 'segments',
  method: 'POST',
  path: '/segments/{id}/versions/{version}/restore',
  scope: 'write',
  status: 200,
  summary: 'Make a segment what it was at a version',
  description:
    'That is a new version, which says what the old one said; other rules than those of now are held against all ' +
    'profiles in the background (`jobId`). Where the segment says that already nothing changes. `If-Match` with an ETag ' +
    'refuses it where the segment has changed since.',
  params: IdParams.extend({ version: z.string().min(1).max(20) }),
  response: Segment.extend({ jobId: z.string() }),
  problems: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'VALIDATION_FAILED'],
});
