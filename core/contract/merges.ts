import * as z from 'zod';
import { classed } from '../model/field-class.ts';
import { consentMergePolicies, consentMergeReasons, MergeReason, mergeStrategies } from '../model/merge-record.ts';
import { Attributes, consentChannels, ExternalIds, Profile } from '../model/profile.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Side = z.enum(['primary', 'secondary', 'both']);

/** What became of one field: whose value stands, why, and what both had as long as the merge can be undone. */
const FieldDecision = z.object({
  field: z.string(),
  mergedId: z.string(),
  from: Side,
  reason: z.enum(['only_value', 'same_value', 'most_recent', 'most_complete', 'combined']),
  primary: Attributes.partial().optional(),
  secondary: Attributes.partial().optional(),
});

/** What became of one consent, why, and by what it is proved. */
const ConsentDecision = z.object({
  channel: z.enum(consentChannels),
  mergedId: z.string(),
  granted: z.boolean(),
  from: Side,
  reason: z.enum(consentMergeReasons),
  proof: z.object({ at: z.iso.datetime(), source: z.string(), id: z.string() }),
});

export const mergeProfiles = route({
  id: 'mergeProfiles',
  capability: 'profiles',
  method: 'POST',
  path: '/profiles/merge',
  scope: 'write',
  status: 200,
  summary: 'Merge profiles into one',
  description:
    'The primary profile survives and the strategy decides fields that differ; without one the strategy chooses the ' +
    'survivor, too. Everything that led to the others leads to the survivor from then on. With `dryRun` nothing is ' +
    'written, and every decision is shown. Profiles that are a part of the survivor already are answered with the merge ' +
    'that did it.',
  body: z.strictObject({
    primaryProfileId: z.string().min(1).max(200).optional(),
    secondaryProfileIds: z.array(z.string().min(1).max(200)).min(1).max(50),
    strategy: z.enum(mergeStrategies).default('most_recent'),
    dryRun: z.boolean().default(false),
    note: MergeReason.shape.note,
  }),
  response: z.object({
    profile: Profile,
    /** The last of `mergeIds`. */
    mergeId: z.string().optional(),
    mergeIds: z.array(z.string()),
    /** Who was merged by this request, or would be. */
    merged: z.array(z.string()),
    fieldDecisions: z.array(FieldDecision),
    consentDecisions: z.array(ConsentDecision),
    dryRun: z.boolean(),
  }),
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [
    {
      summary: 'Two duplicates',
      body: {
        primaryProfileId: 'profile-primary123',
        secondaryProfileIds: ['profile-dup1', 'profile-dup2'],
        strategy: 'most_recent',
      },
    },
  ],
});

const Merge = z.object({
  id: z.string(),
  status: z.enum(['merging', 'merged', 'unmerging', 'unmerged']),
  /** Who has gone on. */
  profileId: z.string(),
  /** Who is a part of it since. */
  mergedId: z.string(),
  strategy: z.enum(mergeStrategies),
  consentPolicy: z.enum(consentMergePolicies),
  reason: MergeReason,
  warnings: z.array(z.enum(['different_customer_ids'])),
  at: z.iso.datetime(),
  unmerge: z.object({ by: z.string(), reason: z.string(), at: z.iso.datetime() }).optional(),
});

export const listMerges = route({
  id: 'listMerges',
  capability: 'identity',
  method: 'GET',
  path: '/identity/merges',
  scope: 'read',
  status: 200,
  summary: 'List merges, newest first',
  description: 'With `profileId` those that the profile took part in, as survivor or not; else all.',
  query: z.strictObject({
    profileId: z.string().min(1).max(200).optional(),
    limit: Paging.shape.limit,
    cursor: Paging.shape.cursor,
  }),
  response: pageOf(Merge).omit({ total: true, offset: true }),
});

export const getMerge = route({
  id: 'getMerge',
  capability: 'identity',
  method: 'GET',
  path: '/identity/merges/{id}',
  scope: 'read',
  status: 200,
  summary: 'Read a merge: what it decided, and how both profiles stood before',
  params: IdParams,
  response: Merge.extend({
    fieldDecisions: z.array(FieldDecision),
    consentDecisions: z.array(ConsentDecision),
    /** Orders that both had, and that count once. */
    sharedOrders: classed('behavioural', z.array(z.string())),
    /** Both as they stood before; not kept once the merge is undone. */
    before: z.object({ primary: Profile, secondary: Profile }).optional(),
    moved: z.object({ identifiers: z.number().int(), events: z.number().int() }).optional(),
  }),
  problems: ['NOT_FOUND'],
});

/** What one of the two has after a merge is undone. */
const Part = z.object({
  profile: Profile,
  externalIds: ExternalIds,
  /** How many events that came since the merge are its own. */
  eventsSince: z.number().int(),
});

export const unmergeProfiles = route({
  id: 'unmergeProfiles',
  capability: 'identity',
  method: 'POST',
  path: '/identity/merges/{id}/unmerge',
  scope: 'write',
  status: 202,
  summary: 'Undo a merge',
  description:
    'Both profiles stand as if they had never been merged: what came since goes to whom it would have gone, by the name ' +
    'or the identifier that it came by. With `dryRun` (200) nothing is written and `diff` shows both. What is much goes on ' +
    'in the background; `GET /identity/merges/{id}` tells when it is over. Of several merges into one profile the last ' +
    'one is undone first.',
  params: IdParams,
  body: z.strictObject({ dryRun: z.boolean().default(false), reason: z.string().trim().min(1).max(1000) }),
  response: z.object({
    mergeId: z.string(),
    status: Merge.shape.status,
    profileId: z.string(),
    unmergedId: z.string(),
    dryRun: z.boolean(),
    /** The merged profile as it stood, and what becomes of it; absent where that goes on in the background, or is over. */
    diff: z.object({ merged: Profile, primary: Part, secondary: Part }).optional(),
  }),
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'Look first', body: { dryRun: true, reason: 'Two people who share an address' } }],
});
