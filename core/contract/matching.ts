import * as z from 'zod';
import { classed } from '../model/field-class.ts';
import { Identifier, IdentifierType } from '../model/identifier.ts';
import { defaultIdentityConfig, IdentityConfig } from '../model/identity-config.ts';
import { identityDecisions } from '../model/identity-decision.ts';
import { mergeStrategies } from '../model/merge-record.ts';
import { AttributesPatch } from '../model/profile.ts';
import { pairBlocks, pairStatuses } from '../model/profile-pair.ts';
import { IdParams, Paging } from './paging.ts';
import { route } from './route.ts';

const Score = z.number().min(0).max(100);
const Band = z.enum(['exact', 'probable', 'possible', 'none']);

/** One thing that spoke for or against, in bits: 1 doubles the odds, -1 halves them. */
const TraceLine = z.object({
  kind: z.enum(['prior', 'identifier', 'attribute', 'household', 'event']),
  field: z.string(),
  level: z.string(),
  bits: z.number(),
});

const Pair = z
  .object({
    id: z.string(),
    profileIds: z.tuple([z.string(), z.string()]),
    status: z.enum(pairStatuses),
    score: Score,
    band: Band,
    /** What forbids joining them, or joining them without asking. */
    block: z.enum(pairBlocks).optional(),
    trace: z.array(TraceLine),
    /** The event that named both. */
    eventId: z.string().optional(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().optional(),
    decidedBy: z.string().optional(),
    note: z.string().optional(),
    mergeId: z.string().optional(),
  })
  .meta({ id: 'DuplicatePair' });

const Values = classed('sensitive', z.record(z.string(), z.string()));

export const findDuplicates = route({
  id: 'findDuplicates',
  capability: 'identity',
  method: 'GET',
  path: '/profiles/{id}/duplicates',
  scope: 'read',
  status: 200,
  summary: 'Find profiles that may be the same person',
  description:
    'Scored with the evidence of each field, best first. A score says how likely both are one person: of a hundred ' +
    'pairs with 90 about ninety are. `status` tells where the pair stands in the review.',
  params: IdParams,
  query: z.strictObject({ minScore: z.coerce.number().min(0).max(100).default(60) }),
  response: z.object({
    items: z.array(
      z.object({
        profileId: z.string(),
        score: Score,
        band: Band,
        status: z.enum(pairStatuses).optional(),
        evidence: z.array(TraceLine.extend({ left: Values.optional(), right: Values.optional() })),
      }),
    ),
  }),
  problems: ['NOT_FOUND'],
});

export const resolveIdentity = route({
  id: 'resolveIdentity',
  capability: 'identity',
  method: 'POST',
  path: '/identity/resolve',
  scope: 'read',
  status: 200,
  summary: 'Tell which profile identifiers and attributes would reach, and why',
  description:
    'A dry run: nothing is written. `attach`: to the first of the profiles; `merge` and `review`: the profiles named ' +
    'would be joined, or proposed; `create`: nobody is known by this.',
  body: z.strictObject({
    identifiers: z.array(Identifier).max(20).default([]),
    attributes: AttributesPatch.optional(),
  }),
  response: z.object({
    decision: z.enum(['attach', 'create', 'merge', 'review']),
    profileIds: z.array(z.string()),
    score: Score,
    trace: z.array(
      z.object({
        step: z.enum(['identifier', 'limit', 'pair', 'candidate']),
        type: IdentifierType.optional(),
        outcome: z.string(),
        profileId: z.string().optional(),
        score: Score.optional(),
      }),
    ),
  }),
  examples: [
    {
      summary: 'An address and a name',
      body: { identifiers: [{ type: 'email', value: 'jane@example.com' }], attributes: { firstName: 'Jane' } },
    },
  ],
});

const page = { limit: Paging.shape.limit, cursor: Paging.shape.cursor };

export const listDuplicates = route({
  id: 'listDuplicates',
  capability: 'identity',
  method: 'GET',
  path: '/identity/duplicates',
  scope: 'read',
  status: 200,
  summary: 'List pairs of profiles that wait for a decision, best first',
  description: 'Without `minScore` from the threshold of manual review. `status` lists those that were decided.',
  query: z.strictObject({
    status: z.enum(pairStatuses).default('open'),
    minScore: z.coerce.number().min(0).max(100).optional(),
    ...page,
  }),
  response: z.object({ items: z.array(Pair), limit: z.number().int(), nextCursor: z.string().optional() }),
});

export const decideDuplicate = route({
  id: 'decideDuplicate',
  capability: 'identity',
  method: 'POST',
  path: '/identity/duplicates/{id}/decision',
  scope: 'write',
  status: 200,
  summary: 'Decide whether two profiles are one person',
  description:
    '`merge` joins them, `reject` is remembered until something new is known of the two, `defer` puts the question off. ' +
    'The same decision again changes nothing. Without `primaryProfileId` the strategy chooses who goes on.',
  params: IdParams,
  body: z.strictObject({
    decision: z.enum(['merge', 'reject', 'defer']),
    primaryProfileId: z.string().min(1).max(200).optional(),
    strategy: z.enum(mergeStrategies).default('most_recent'),
    note: z.string().trim().min(1).max(1000).optional(),
  }),
  response: z.object({ pair: Pair, mergeId: z.string().optional() }),
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'Two people', body: { decision: 'reject', note: 'Mother and daughter' } }],
});

export const listIdentityLog = route({
  id: 'listIdentityLog',
  capability: 'identity',
  method: 'GET',
  path: '/identity/log',
  scope: 'read',
  status: 200,
  summary: 'List what was decided about who is who, newest first',
  description: 'Every joining, proposal and refusal, by the platform or by somebody, with why. Kept for a year.',
  query: z.strictObject({
    profileId: z.string().min(1).max(200).optional(),
    decision: z.enum(identityDecisions).optional(),
    ...page,
  }),
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        profileIds: z.tuple([z.string(), z.string()]),
        decision: z.enum(identityDecisions),
        by: z.string(),
        at: z.iso.datetime(),
        score: Score,
        block: z.enum(pairBlocks).optional(),
        trace: z.array(TraceLine),
        eventId: z.string().optional(),
        note: z.string().optional(),
      }),
    ),
    limit: z.number().int(),
    nextCursor: z.string().optional(),
  }),
});

const ShownConfig = IdentityConfig.extend({
  version: z.number().int(),
  changedAt: z.iso.datetime().optional(),
  changedBy: z.string().optional(),
}).meta({ id: 'ShownIdentityConfig' });

export const getIdentityConfig = route({
  id: 'getIdentityConfig',
  capability: 'identity',
  method: 'GET',
  path: '/identity/config',
  scope: 'read',
  status: 200,
  summary: 'Read how it is decided who is who',
  response: ShownConfig,
});

const ConfigChanges = IdentityConfig.partial();
export const updateIdentityConfig = route({
  id: 'updateIdentityConfig',
  capability: 'identity',
  method: 'PUT',
  path: '/identity/config',
  scope: 'admin',
  status: 200,
  summary: 'Change how it is decided who is who',
  description:
    'What is not named stays as it is. Holds everywhere within 60 seconds, for what comes from then on. With `If-Match` ' +
    'the change is refused when somebody else made one since.',
  body: ConfigChanges,
  response: ShownConfig,
  problems: ['CONFLICT', 'PRECONDITION_FAILED'],
  examples: [{ summary: 'The defaults', body: defaultIdentityConfig }],
});

export const simulateIdentityConfig = route({
  id: 'simulateIdentityConfig',
  capability: 'identity',
  method: 'POST',
  path: '/identity/config/simulate',
  scope: 'read',
  status: 200,
  summary: 'Tell what another configuration would change',
  description:
    'Holds a sample of the profiles as they are against the configuration that stands and the one that is given; nothing ' +
    'is written. `reviewDelta`: how many more pairs somebody would be asked about.',
  body: z.strictObject({ config: ConfigChanges, sample: z.number().int().min(2).max(20_000).default(5000) }),
  response: z.object({
    sampled: z.number().int(),
    profiles: z.number().int(),
    /** Pairs that reach the threshold of joining. */
    merges: z.number().int(),
    mergesNow: z.number().int(),
    /** Pairs that would be joined or proposed if they were not different customers. */
    blocked: z.number().int(),
    reviews: z.number().int(),
    reviewDelta: z.number().int(),
    examples: z.array(
      z.object({
        profileIds: z.tuple([z.string(), z.string()]),
        before: z.object({ score: Score, action: z.enum(['merge', 'review', 'none']) }),
        after: z.object({ score: Score, action: z.enum(['merge', 'review', 'none']) }),
      }),
    ),
  }),
  problems: ['UNAVAILABLE'],
  examples: [{ summary: 'Joining from 90 on', body: { config: { autoMergeThreshold: 90 }, sample: 1000 } }],
});
