import * as z from 'zod';
import { BulkTally } from '../model/bulk-action.ts';
import { ExportTally } from '../model/export-spec.ts';
import { ImportTally } from '../model/import-tally.ts';
import { ModelTally } from '../model/model-tally.ts';
import { ReconciliationTally } from '../model/reconciliation-tally.ts';
import { RedriveTally } from '../model/redrive-tally.ts';
import { ReplayTally } from '../model/replay-tally.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

export const health = route({
  id: 'health',
  capability: 'system',
  method: 'GET',
  path: '/health',
  scope: 'public',
  status: 200,
  bare: true,
  summary: 'Is the API up?',
  response: z.object({ status: z.literal('ok'), timestamp: z.iso.datetime() }),
});

const Stats = z.object({
  totalProfiles: z.number().int(),
  totalEvents: z.number().int(),
  totalSegments: z.number().int(),
  totalAudiences: z.number().int(),
  profilesCreatedToday: z.number().int(),
  eventsTrackedToday: z.number().int(),
});

export const getStats = route({
  id: 'getStats',
  capability: 'system',
  method: 'GET',
  path: '/stats',
  scope: 'read',
  status: 200,
  summary: 'Count profiles, events, segments and audiences',
  description: '`Today` is the current day in `REPORTING_TIMEZONE`. Counts follow commits within seconds.',
  response: Stats,
});

export const getOpenApi = route({
  id: 'getOpenApi',
  capability: 'system',
  method: 'GET',
  path: '/openapi.json',
  scope: 'read',
  status: 200,
  bare: true,
  summary: 'The OpenAPI 3.1 document of this API',
  response: z.record(z.string(), z.unknown()),
});

const Stage = z.object({
  name: z.string(),
  kind: z.enum(['queue', 'stream']),
  /** Messages waiting; absent where the source does not tell. */
  depth: z.number().int().optional(),
  /** Messages that failed for good. */
  dlq: z.number().int().optional(),
  /** How far behind the newest record the consumer is. */
  lagMs: z.number().int().optional(),
});

export const getPipeline = route({
  id: 'getPipeline',
  capability: 'system',
  method: 'GET',
  path: '/pipeline',
  scope: 'read',
  status: 200,
  summary: 'How far behind is each stage?',
  description:
    'The watermark is the newest receive time of an event that is reflected in profiles and counters; ' +
    '`segmentsWatermark` the same of memberships, absent while profiles wait in `reevaluateProfile` to be decided.',
  response: z.object({
    stages: z.array(Stage),
    watermark: z.iso.datetime().optional(),
    segmentsWatermark: z.iso.datetime().optional(),
  }),
});

export const Job = z.object({
  id: z.string(),
  kind: z.enum([
    'segment.evaluate',
    'audience.sync',
    'profiles.reconcile',
    'quarantine.redrive',
    'segment.clear',
    'trait.backfill',
    'trait.clear',
    'import',
    'export',
    'events.replay',
    'profiles.bulk',
    'question',
    'privacy.request',
    'ml.train',
    'ml.score',
    'audience.lookalike',
  ]),
  /** `waiting`: for a file that is to be uploaded. */
  status: z.enum(['waiting', 'running', 'completed', 'failed', 'cancelled']),
  /** What the job works on, e.g. a segment's id. */
  subjectId: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  error: z.string().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Job = z.infer<typeof Job>;

export const listJobs = route({
  id: 'listJobs',
  capability: 'system',
  method: 'GET',
  path: '/jobs',
  scope: 'read',
  status: 200,
  summary: 'List jobs, newest first',
  query: Paging.extend({ kind: Job.shape.kind.optional(), status: Job.shape.status.optional() }),
  response: pageOf(Job),
});

export const getJob = route({
  id: 'getJob',
  capability: 'system',
  method: 'GET',
  path: '/jobs/{id}',
  scope: 'read',
  status: 200,
  summary: 'Read a job',
  params: IdParams,
  response: Job.extend({
    /** What the job has found, or come to, so far. */
    result: z
      .union([ReconciliationTally, RedriveTally, ImportTally, ReplayTally, ExportTally, BulkTally, ModelTally])
      .optional(),
  }),
  problems: ['NOT_FOUND'],
});

export const cancelJob = route({
  id: 'cancelJob',
  capability: 'system',
  method: 'DELETE',
  path: '/jobs/{id}',
  scope: 'write',
  status: 200,
  summary: 'Cancel a job',
  params: IdParams,
  response: Job,
  problems: ['NOT_FOUND', 'CONFLICT'],
});

export const startReconciliation = route({
  id: 'startReconciliation',
  capability: 'system',
  method: 'POST',
  path: '/reconcile',
  scope: 'admin',
  status: 202,
  summary: 'Recompute every profile from its events',
  description:
    'Counters, orders and known messages are recomputed and held against what is kept; with `repair` what was recomputed ' +
    'is kept. Run it after a restore. Profiles whose events have begun to expire are counted as `incomplete` and left.',
  body: z.strictObject({ repair: z.boolean().default(false) }),
  response: z.object({ jobId: z.string() }),
  examples: [{ summary: 'Look, and change nothing', body: { repair: false } }],
});
