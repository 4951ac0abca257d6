import { calendarMinute } from './calendar-minute.ts';
import type { ClockExpression } from './clock-expression.ts';
import { cronMatches } from './cron-fields.ts';

const minuteMilliseconds = 60_000;
/** How far ahead a calendar is searched in one go; nobody sleeps longer anyway. */
const searchedMinutes = 24 * 60;

/**
 * When a schedule runs next, in milliseconds since the epoch; undefined when that is not within a day. `last` is when it
 * ran last, or when it was first seen. A rate whose time has come while the machine was off runs at once; the minutes of
 * a calendar that have passed are over.
 */
export const nextRun = (
  expression: ClockExpression,
  last: number,
  now: number,
  timeZone: string,
): number | undefined => {
  if (expression.kind === 'rate') return Math.max(last + expression.milliseconds, now);
  if (expression.kind === 'at') return last < expression.at ? Math.max(expression.at, now) : undefined;
  const first = Math.floor(Math.max(last, now) / minuteMilliseconds) + 1;
  for (let minute = first; minute < first + searchedMinutes; minute++) {
    const at = minute * minuteMilliseconds;
    if (cronMatches(expression.fields, calendarMinute(at, timeZone))) return at;
  }
  return undefined;
};
