import * as z from 'zod';
import { connectedPlatforms, PlatformName } from './audiences.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Count = z.number().int();
const AudienceSync = z
  .object({
    id: z.string(),
    platform: z.enum(connectedPlatforms),
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
      skipped: z.object({ consent: Count, suppressed: Count, noIdentifier: Count }),
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

const SyncParams = IdParams.extend({ syncId: IdParams.shape.id });

export const getSync = route({
  id: 'getSync',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences/{id}/syncs/{syncId}',
  scope: 'read',
  status: 200,
  summary: 'Read a sync',
  params: SyncParams,
  response: AudienceSync,
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
