import * as z from 'zod';
import { AudienceConfig, PlatformName } from './audience-platforms.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const SyncState = z.object({
  platform: PlatformName,
  active: z.boolean(),
  operation: z.enum(['add', 'remove', 'replace']),
  /** Also the id of the job that queues its people. */
  syncId: z.string(),
  activatedAt: z.iso.datetime(),
  /** Why the destination takes nothing any more; nothing is sent until the audience is activated again. */
  error: z.string().optional(),
  /** What somebody has to mend there; it is tried again meanwhile. */
  problem: z
    .object({
      code: z.enum(['unauthorized', 'blocked', 'tooSmall']),
      message: z.string(),
      since: z.iso.datetime(),
    })
    .optional(),
  /** Everybody is being exchanged there: what else is to be told follows. */
  exchanging: z.boolean().optional(),
  /** The exchange that people were told of in, or after. */
  epoch: z.string().optional(),
  /** An exchange came to no end: people who were told of before it may be there. */
  mixed: z.boolean().optional(),
});

export const AudienceSchedule = z
  .object({
    platform: PlatformName,
    cron: z.string().optional(),
    timezone: z.string().optional(),
    rateMinutes: z.number().int().optional(),
    operation: z.enum(['add', 'remove', 'replace']),
    enabled: z.boolean(),
    /** Absent where it is not enabled, or never comes. */
    nextAt: z.iso.datetime().optional(),
    lastAt: z.iso.datetime().optional(),
    /** The last that it began. */
    lastSyncId: z.string().optional(),
    /** Why the last due time began nothing. */
    lastSkipped: z.string().optional(),
  })
  .meta({ id: 'AudienceSchedule' });
export type AudienceSchedule = z.output<typeof AudienceSchedule>;

/** Why people are not sent. */
export const SkippedCounts = z.object({
  consent: z.number().int(),
  suppressed: z.number().int(),
  noIdentifier: z.number().int(),
  /** Not as certainly one person as the platform asks (`minIdentityConfidence`). */
  lowConfidence: z.number().int(),
  /** Held back to be compared with. */
  holdout: z.number().int(),
});

const Warning = z.object({ code: z.enum(['CONFIG_MISSING', 'NOT_CONNECTED']), message: z.string() });
export type AudienceWarning = z.output<typeof Warning>;

export const Audience = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().optional(),
    segmentIds: z.array(z.string()),
    /** Whether one of the segments is enough, or all of them are needed; `any` when absent. */
    combine: z.enum(['any', 'all']).optional(),
    /** Whoever is in one of these is left out. */
    excludeSegmentIds: z.array(z.string()).optional(),
    /** So many of a hundred are sent nowhere, to be compared with; always the same people. */
    holdoutPercent: z.number().optional(),
    platforms: z.array(PlatformName),
    config: AudienceConfig,
    /** The last activation on each platform. */
    syncs: z.array(SyncState),
    schedules: z.array(AudienceSchedule).optional(),
    /** Is gone as soon as everybody was taken out at its platforms. */
    deleting: z.boolean().optional(),
    version: z.number().int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Audience' });
export type Audience = z.output<typeof Audience>;

const SegmentIds = z.array(z.string().min(1).max(200)).max(50);
const AudienceBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2000).optional(),
  segmentIds: SegmentIds.min(1),
  combine: z.enum(['any', 'all']).default('any'),
  excludeSegmentIds: SegmentIds.default([]),
  holdoutPercent: z.number().min(0).max(50).default(0),
  platforms: z.array(PlatformName).min(1),
  config: AudienceConfig.default({}),
});

export const createAudience = route({
  id: 'createAudience',
  capability: 'audiences',
  method: 'POST',
  path: '/audiences',
  scope: 'write',
  status: 201,
  summary: 'Create an audience from segments',
  description:
    'For the `webhook` platform the answer carries the signing secret (Standard Webhooks) once. A platform without ' +
    'config, or one that is not connected yet, is a warning here and refused at activation.',
  body: AudienceBody,
  response: Audience.extend({
    signingSecret: z.string().optional(),
    warnings: z.array(Warning).optional(),
  }),
  problems: ['NOT_FOUND'],
  examples: [
    {
      summary: 'Visitors to be sent to ad platforms',
      body: {
        name: 'Facebook Retargeting Audience',
        description: 'High-intent visitors for retargeting',
        segmentIds: ['segment-123'],
        platforms: ['facebook', 'google'],
        config: { facebook: { customAudienceId: '12345678', adAccountId: 'act_123456' } },
      },
    },
    {
      summary: 'High-value customers to a webhook',
      body: {
        name: 'High-value customers',
        segmentIds: ['segment-123'],
        platforms: ['webhook'],
        config: { webhook: { url: 'https://example.com/hooks/audience' } },
      },
    },
  ],
});

export const listAudiences = route({
  id: 'listAudiences',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences',
  scope: 'read',
  status: 200,
  summary: 'List audiences with the state of their syncs',
  query: Paging,
  response: pageOf(Audience),
});

export const activateAudience = route({
  id: 'activateAudience',
  capability: 'audiences',
  method: 'POST',
  path: '/audiences/{id}/activate',
  scope: 'write',
  status: 202,
  summary: 'Send an audience to a platform and keep it current',
  description:
    '`add` and `replace` bring the platform to the audience’s present members who may be sent, and keep it there; ' +
    '`remove` takes everybody out who was sent. Nobody without the required consent is ever sent.',
  params: IdParams,
  body: z.strictObject({
    platform: PlatformName,
    operation: z.enum(['add', 'remove', 'replace']).default('add'),
    dryRun: z.boolean().default(false),
  }),
  response: z.object({
    /** Absent for a dry run. */
    syncId: z.string().optional(),
    planned: z.object({
      add: z.number().int(),
      remove: z.number().int(),
      skipped: SkippedCounts,
    }),
  }),
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'Add', body: { platform: 'webhook', operation: 'add' } }],
});

export const getAudience = route({
  id: 'getAudience',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences/{id}',
  scope: 'read',
  status: 200,
  summary: 'Read an audience',
  params: IdParams,
  response: Audience.extend({
    /** By what we told each platform: who is there or may be, and who could not be told of and is not tried any more. */
    reach: z.array(z.object({ platform: PlatformName, held: z.number().int(), failed: z.number().int() })),
  }),
  problems: ['NOT_FOUND'],
});

const AudiencePatch = z.strictObject({
  name: AudienceBody.shape.name.optional(),
  description: z.string().max(2000).nullish(),
  segmentIds: AudienceBody.shape.segmentIds.optional(),
  combine: z.enum(['any', 'all']).optional(),
  excludeSegmentIds: SegmentIds.optional(),
  holdoutPercent: z.number().min(0).max(50).optional(),
  platforms: AudienceBody.shape.platforms.optional(),
  config: AudienceConfig.optional(),
});
export type AudiencePatch = z.output<typeof AudiencePatch>;

export const updateAudience = route({
  id: 'updateAudience',
  capability: 'audiences',
  method: 'PUT',
  path: '/audiences/{id}',
  scope: 'write',
  status: 200,
  summary: 'Update parts of an audience',
  description:
    'What is not sent stays; `null` clears the description; each platform’s config is replaced as a whole. Where other ' +
    'segments, another required consent or another address concern an active platform, a sync brings it to the new ' +
    'state (`syncs`). `If-Match` with an ETag refuses an update of an audience that has changed since.',
  params: IdParams,
  body: AudiencePatch,
  response: Audience,
  problems: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  examples: [{ summary: 'Another name', body: { name: 'Best customers' } }],
});

export const deleteAudience = route({
  id: 'deleteAudience',
  capability: 'audiences',
  method: 'DELETE',
  path: '/audiences/{id}',
  scope: 'write',
  status: 200,
  summary: 'Delete an audience',
  description:
    'With `removeRemote=true` everybody is taken out at its platforms first: the audience is gone (`deleted`) when the ' +
    'named syncs have completed. Otherwise it is gone at once, and platforms keep whom they have.',
  params: IdParams,
  query: z.strictObject({ removeRemote: z.stringbool().default(false) }),
  response: z.object({ id: z.string(), deleted: z.boolean(), syncIds: z.array(z.string()) }),
  problems: ['NOT_FOUND', 'CONFLICT'],
});
