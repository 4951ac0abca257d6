import * as z from 'zod';
import { AuditCall } from '../model/audit-entry.ts';
import { Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const Text = z.string().min(1).max(256);

const AuditRecord = AuditCall.extend({
  /** Day, lane and place in it. */
  id: z.string(),
  /** `unknown`: the call began, and nobody knows whether it came to its end. */
  outcome: z.enum(['succeeded', 'failed', 'unknown']),
}).meta({ id: 'AuditRecord' });

export const listAudit = route({
  id: 'listAudit',
  capability: 'audit',
  method: 'GET',
  path: '/audit',
  scope: 'privacy',
  status: 200,
  summary: 'List who called what about whom, newest first',
  description:
    'Every change and every read of personal data, by pseudonyms and classes of fields, never with values. Without ' +
    '`startDate` the last 30 days. A page may be short of its limit although there is a next one.',
  query: z.strictObject({
    actor: Text.optional(),
    action: Text.optional(),
    subject: Text.optional(),
    startDate: Moment.optional(),
    endDate: Moment.optional(),
    limit: Paging.shape.limit,
    cursor: z.string().min(1).max(1024).optional(),
  }),
  response: pageOf(AuditRecord).omit({ total: true, offset: true }),
});

const Day = z.iso.date();

export const verifyAudit = route({
  id: 'verifyAudit',
  capability: 'audit',
  method: 'GET',
  path: '/audit/verify',
  scope: 'privacy',
  status: 200,
  summary: 'Check that nobody has changed the audit log',
  description:
    'Follows the chains of whole days (UTC) from their beginning, and holds them against what was anchored. Without ' +
    '`from` the last 7 days; at most 31. `firstBroken` names the first place that does not hold: an entry that was ' +
    '`changed` or is `missing`, an end that was `cut`, an outcome that was taken away, a day whose anchor is not there.',
  query: z.strictObject({ from: Day.optional(), to: Day.optional() }),
  response: z.object({
    ok: z.boolean(),
    /** How many entries hold. */
    checked: z.number().int(),
    /** Calls whose outcome is not on record. */
    open: z.number().int(),
    firstBroken: z
      .object({
        partition: z.string(),
        index: z.number().int(),
        reason: z.enum(['changed', 'missing', 'cut', 'outcomeMissing', 'unanchored']),
      })
      .optional(),
    days: z.array(z.object({ day: Day, entries: z.number().int(), anchoredAt: z.iso.datetime().optional() })),
  }),
});
