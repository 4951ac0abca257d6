import { unprocessable } from '../errors.ts';
import { instantRange } from '../model/calendar-day.ts';

const dayMs = 86_400_000;
const [usualDays, daysMax] = [30, 400];

/** The period that is asked about, in epoch ms, its end excluded: the last 30 days, unless a range says otherwise. */
export const askedPeriod = (
  query: { startDate?: string | undefined; endDate?: string | undefined },
  now: number,
  timeZone: string,
): { from: number; until: number } => {
  const range = instantRange(query, timeZone);
  const until = Math.min(range.until, now);
  const from = Number.isFinite(range.from) ? range.from : until - usualDays * dayMs;
  if (from >= until) throw unprocessable('query.endDate', 'is not behind the start, or nothing has happened yet');
  if (until - from > daysMax * dayMs)
    throw unprocessable('query.startDate', `is more than ${daysMax} days before the end`);
  return { from, until };
};
