import * as z from 'zod';
import { RetentionPolicy, retentionClasses } from '../model/retention-policy.ts';
import { route } from './route.ts';

const ShownPolicy = RetentionPolicy.extend({
  name: z.enum(retentionClasses),
  /** What came or happened before is over now. */
  before: z.iso.datetime().optional(),
}).meta({ id: 'RetentionPolicy' });

const Tally = z.object({
  /** How many are over. */
  expired: z.number().int(),
  removed: z.number().int(),
});

export const listRetentionPolicies = route({
  id: 'listRetentionPolicies',
  capability: 'retention',
  method: 'GET',
  path: '/retention/policies',
  scope: 'read',
  status: 200,
  summary: 'How long is what kept?',
  response: z.object({ items: z.array(ShownPolicy) }),
});

export const setRetentionPolicy = route({
  id: 'setRetentionPolicy',
  capability: 'retention',
  method: 'PUT',
  path: '/retention/policies/{name}',
  scope: 'admin',
  status: 200,
  summary: 'Say how long something is kept',
  description:
    '`events`: counted from when they came (`receivedAt`), or from when they happened. `profiles`: of people of whom ' +
    'nothing came, or who did nothing, for so long; off unless it is switched on. Holds everywhere within 30 seconds: what ' +
    'is over is told no more, and removed within a day. What events have added up to in profiles stays.',
  params: z.strictObject({ name: z.string().min(1).max(200) }),
  body: z.strictObject({
    days: z.number().int().min(1).max(36_500),
    basis: RetentionPolicy.shape.basis.default('receivedAt'),
    action: RetentionPolicy.shape.action.default('delete'),
    enabled: z.boolean().default(true),
  }),
  response: ShownPolicy,
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'Two years', body: { days: 730 } }],
});

export const runRetention = route({
  id: 'runRetention',
  capability: 'retention',
  method: 'POST',
  path: '/retention/run',
  scope: 'admin',
  status: 200,
  summary: 'Remove what is over now, or count it',
  description:
    'It happens by itself once a day. `complete` is false where there was more than could be done in time; ask again, ' +
    'or leave the rest to the daily run.',
  body: z.strictObject({
    /** Counts what is over, and removes nothing. */
    dryRun: z.boolean().default(false),
  }),
  response: z.object({ dryRun: z.boolean(), complete: z.boolean(), events: Tally, profiles: Tally }),
  examples: [{ summary: 'What would go', body: { dryRun: true } }],
});
