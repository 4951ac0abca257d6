import * as z from 'zod';
import { FieldClass } from './field-class.ts';

/** Who called what about whom: pseudonyms and classes of fields, never values. Times are ISO 8601. */
export const AuditCall = z.object({
  at: z.string(),
  actor: z.string(),
  /** The route's id. */
  action: z.string(),
  /** Ids from the path, and of what was read from the answer; at most 1,000. */
  subjects: z.array(z.string()),
  fieldClasses: z.array(FieldClass),
  requestId: z.string(),
  /** Absent where the entry went before the call: its outcome says it. */
  status: z.number().int().optional(),
});
export type AuditCall = z.output<typeof AuditCall>;

/** What came of a call whose entry went before it. */
export const AuditOutcome = z.object({
  at: z.string(),
  status: z.number().int(),
  /** Ids of what was made or changed, beside those of the path. */
  subjects: z.array(z.string()),
});
export type AuditOutcome = z.output<typeof AuditOutcome>;
