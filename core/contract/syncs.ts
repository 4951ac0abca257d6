import * as z from 'zod';
import { PlatformName } from './audience-platforms.ts';
import { SkippedCounts } from './audiences.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Count = z.number().int();
const AudienceSync = z
  .object({
    id: z.string(),
    platform: PlatformName,
    operation: z.enum(['add', 'remove', 'replace']),
    /** `failed`: somebody, or everybody, could not be told of, and is not tried any more. */
    status: z.enum(['running', 'completed', 'failed', 'cancelled']),
    /** Every person whom it concerns counts once. */
    counts: z.object({
      added: Count,
      removed: Count,
      /** There was nothing to tell of them. */
      unchanged: Count,
      failed: Count,
      /** Not told of yet; what has failed is tried again for three days. */
      pending: Count,
      skipped: SkippedCounts,
    }),
    /** The last thing that went wrong. */
    error: z.string().optional(),
    /** The sync whose failures this one sends again. */
    retryOf: z.string().optional(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'AudienceSync' });
export type AudienceSync = z.output<typeof AudienceSync>;

export const listSyncs = route({
  id: 'listSyncs',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences/{id}/syncs',
  scope: 'read',
  status: 200,
  summary: 'List the syncs of an audience, newest first',
  params: IdParams,
  query: Paging.extend({ platform: PlatformName.optional() }),
  response: pageOf(AudienceSync),
  problems: ['NOT_FOUND'],
});

const SyncBatch = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    /** `partial`: some rows were refused, which are tried no more until they change. */
    status: z.enum(['taken', 'partial', 'failed']),
    added: Count,
    removed: Count,
    refused: Count,
    /** Under which the platform knows it, where it says so. */
    remoteId: z.string().optional(),
    error: z.string().optional(),
  })
  .meta({ id: 'AudienceSyncBatch' });
export type SyncBatch = z.output<typeof SyncBatch>;

const SyncParams = IdParams.extend({ syncId: IdParams.shape.id });

export const getSync = route({
  id: 'getSync',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences/{id}/syncs/{syncId}',
  scope: 'read',
  status: 200,
  summary: 'Read a sync and what came of each of its calls',
  description: 'Calls, newest first, are kept for 30 days; `batches.nextCursor` leads to earlier ones.',
  params: SyncParams,
  query: Paging.pick({ limit: true, cursor: true }),
  response: AudienceSync.extend({ batches: pageOf(SyncBatch) }),
  problems: ['NOT_FOUND'],
});

export const retrySync = route({
  id: 'retrySync',
  capability: 'audiences',
  method: 'POST',
  path: '/audiences/{id}/syncs/{syncId}/retry',
  scope: 'write',
  status: 202,
  summary: 'Send again whom a platform did not take',
  description:
    'A new sync of everybody whom the platform of this sync could not be told of and was not told of since. What is sent ' +
    'of them is decided as of now.',
  params: SyncParams,
  response: z.object({ syncId: z.string() }),
  problems: ['NOT_FOUND', 'CONFLICT'],
});

export const cancelSync = route({
  id: 'cancelSync',
  capability: 'audiences',
  method: 'POST',
  path: '/audiences/{id}/syncs/{syncId}/cancel',
  scope: 'write',
  status: 200,
  summary: 'Cancel a sync that is under way',
  description:
    'Nobody more is told of by it. Whom the platform has it keeps, and the audience stays active there: later changes of ' +
    'people are followed.',
  params: SyncParams,
  response: AudienceSync,
  problems: ['NOT_FOUND', 'CONFLICT'],
});
