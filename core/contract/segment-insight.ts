import * as z from 'zod';
import { rfmGroups } from '../language/condition.ts';
import { classed } from '../model/field-class.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

const PairParams = z.object({ id: z.string().min(1).max(200), profileId: z.string().min(1).max(200) });

/** One condition of a tree, and what was seen of it. */
interface ShownTrace {
  path: string;
  condition: unknown;
  inWords: string;
  holds: boolean;
  observed?: unknown;
  evidence?: string[] | undefined;
  changesAt?: string | undefined;
  parts?: ShownTrace[] | undefined;
}

const Trace: z.ZodType<ShownTrace> = z
  .object({
    /** Where it stands below the rules. */
    path: z.string(),
    condition: z.json(),
    inWords: z.string(),
    holds: z.boolean(),
    /** Of a field, as the caller sees the field. */
    observed: z.unknown().optional(),
    /** Ids of the events that were counted, the newest hundred. */
    evidence: z.array(z.string()).optional(),
    /** When time alone changes it. */
    changesAt: z.iso.datetime().optional(),
    get parts() {
      return z.array(Trace).optional();
    },
  })
  .meta({ id: 'ConditionTrace' });

export const explainMembership = route({
  id: 'explainMembership',
  capability: 'segments',
  method: 'GET',
  path: '/segments/{id}/explain/{profileId}',
  scope: 'read',
  status: 200,
  summary: 'Why is somebody in a segment, or not?',
  description:
    'Every condition with what was seen of it and the events that count, as the evaluator that decides sees them now; ' +
    '`member` is what stands, which may be seconds behind. `wouldFlip` names the fewest conditions that would have to change.',
  params: PairParams,
  response: z.object({
    segmentId: z.string(),
    profileId: z.string(),
    member: z.boolean(),
    enteredAt: z.iso.datetime().optional(),
    exitedAt: z.iso.datetime().optional(),
    holds: z.boolean(),
    tree: Trace,
    wouldFlip: z.array(z.object({ path: z.string(), inWords: z.string(), mustHold: z.boolean() })),
    asOf: z.iso.datetime(),
  }),
  problems: ['NOT_FOUND'],
});

export const evaluateSegmentNow = route({
  id: 'evaluateSegmentNow',
  capability: 'segments',
  method: 'POST',
  path: '/segments/{id}/evaluate',
  scope: 'write',
  status: 202,
  summary: 'Hold a segment against all profiles again',
  params: IdParams,
  response: z.object({ jobId: z.string() }),
  problems: ['NOT_FOUND', 'CONFLICT'],
});

export const evaluateSegments = route({
  id: 'evaluateSegments',
  capability: 'segments',
  method: 'POST',
  path: '/segments/evaluate',
  scope: 'write',
  status: 202,
  summary: 'Hold some, or all, segments against all profiles again',
  body: z.strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(200).optional() }),
  response: z.object({ jobIds: z.array(z.string()) }),
  problems: ['NOT_FOUND'],
  examples: [{ summary: 'All of them', body: {} }],
});

export const addMembers = route({
  id: 'addMembers',
  capability: 'segments',
  method: 'POST',
  path: '/segments/{id}/members',
  scope: 'write',
  status: 200,
  summary: 'Put people into a manual segment',
  description: '`unknown` names those whom nobody knows.',
  params: IdParams,
  body: z.strictObject({ profileIds: z.array(z.string().min(1).max(200)).min(1).max(1000) }),
  response: z.object({ added: z.number().int(), unknown: z.array(z.string()) }),
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'Somebody', body: { profileIds: ['profile-01JM1Q2Z3X4Y5V6W7T8S9R0ABC'] } }],
});

export const removeMember = route({
  id: 'removeMember',
  capability: 'segments',
  method: 'DELETE',
  path: '/segments/{id}/members/{profileId}',
  scope: 'write',
  status: 204,
  summary: 'Take somebody out of a manual segment',
  params: PairParams,
  problems: ['NOT_FOUND', 'CONFLICT'],
});

export const listDependents = route({
  id: 'listDependents',
  capability: 'segments',
  method: 'GET',
  path: '/segments/{id}/dependents',
  scope: 'read',
  status: 200,
  summary: 'What uses a segment?',
  params: IdParams,
  response: z.object({
    items: z.array(z.object({ kind: z.enum(['audience', 'segment']), id: z.string(), name: z.string() })),
  }),
  problems: ['NOT_FOUND'],
});

export const listProfileSegments = route({
  id: 'listProfileSegments',
  capability: 'segments',
  method: 'GET',
  path: '/profiles/{id}/segments',
  scope: 'read',
  status: 200,
  summary: 'Which segments is somebody in, since when, and why?',
  description:
    'With `asOf` those that they were in at that instant, with the rules as they are now; known for 400 days back.',
  params: IdParams,
  query: z.strictObject({ asOf: z.iso.datetime({ offset: true }).optional() }),
  response: z.object({
    items: z.array(
      z.object({
        segmentId: z.string(),
        name: z.string(),
        enteredAt: z.iso.datetime(),
        /** The rules in plain words. */
        reason: z.string(),
      }),
    ),
    /** Scores of recency, frequency and monetary value; absent for who never bought, and before there are cuts. */
    rfm: classed(
      'behavioural',
      z.object({
        recency: z.number().int(),
        frequency: z.number().int(),
        monetary: z.number().int(),
        group: z.enum(rfmGroups),
        cutAt: z.iso.datetime(),
      }),
    ).optional(),
  }),
  problems: ['NOT_FOUND'],
});
