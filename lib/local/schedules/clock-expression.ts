import { LocalError } from '../local-error.ts';
import { type CronFields, cronFields } from './cron-fields.ts';

/** When a schedule runs: every so often, at the minutes of a calendar, or once. */
export type ClockExpression =
  | { kind: 'rate'; milliseconds: number }
  | { kind: 'cron'; fields: CronFields }
  | { kind: 'at'; at: number };

const unitMilliseconds: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)`, `cron(0 8 ? * MON-FRI *)` or `at(2026-01-31T10:20:00)` (a time in UTC). Throws a `LocalError`
 * for anything else.
 */
export const clockExpression = (text: string): ClockExpression => {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  const length = unitMilliseconds[unit];
  if (length !== undefined && Number(count) > 0) return { kind: 'rate', milliseconds: Number(count) * length };
  const [, cron] = /^cron\((.+)\)$/.exec(text) ?? [];
  if (cron !== undefined) return { kind: 'cron', fields: cronFields(cron) };
  const [, at] = /^at\((.+)\)$/.exec(text) ?? [];
  if (at !== undefined && !Number.isNaN(Date.parse(`${at}Z`))) return { kind: 'at', at: Date.parse(`${at}Z`) };
  throw new LocalError(`${text} is no schedule: rate(…), cron(…) or at(…).`);
};
