import * as z from 'zod';
import { classed } from '../model/field-class.ts';
import { PlatformName } from './audience-platforms.ts';
import { SkippedCounts } from './audiences.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

const Count = z.number().int();

export const preflightAudience = route({
  id: 'preflightAudience',
  capability: 'audiences',
  method: 'POST',
  path: '/audiences/{id}/preflight',
  scope: 'read',
  status: 200,
  later: true,
  summary: 'Tell what a sync would send, and send nothing',
  description:
    'By the very planner that decides while sending: who would be added and removed, who is left out and why, how many ' +
    'have each key by which the platform finds people, the first rows as they would be sent, and what may go wrong. Of a ' +
    'large audience the answer comes later.',
  params: IdParams,
  body: z.strictObject({
    platform: PlatformName,
    operation: z.enum(['add', 'remove', 'replace']).default('replace'),
  }),
  response: z.object({
    platform: PlatformName,
    operation: z.enum(['add', 'remove', 'replace']),
    /** Everybody was looked at as they are now; otherwise as the snapshot knows them, without what shows a consent. */
    exact: z.boolean(),
    planned: z.object({ add: Count, remove: Count, unchanged: Count, skipped: SkippedCounts }),
    /** Of those who will be there. */
    coverage: z.array(z.object({ key: z.string(), people: Count, percent: z.number() })),
    rows: z.array(z.record(z.string(), classed('identifier', z.string()))),
    calls: Count,
    warnings: z.array(
      z.object({ code: z.enum(['NOBODY', 'TOO_FEW', 'LOW_COVERAGE', 'REMOVES_MOST']), message: z.string() }),
    ),
  }),
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'A webhook', body: { platform: 'webhook' } }],
});
