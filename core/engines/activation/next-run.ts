import { nextCronTime, readCron } from '../../model/cron.ts';

/** When something runs: by an expression in a time zone, or every so many minutes. */
export interface Rhythm {
  cron?: string | undefined;
  timezone?: string | undefined;
  rateMinutes?: number | undefined;
}

/**
 * The first due time after `now`, both in epoch ms; `undefined` where it never comes. A rate counts from the due time
 * before it, so that late runs do not shift those after them; what was missed is not made up for.
 */
export const nextRun = (
  { cron, timezone = 'UTC', rateMinutes }: Rhythm,
  last: number,
  now: number,
): number | undefined => {
  if (cron !== undefined) return nextCronTime(readCron(cron), now, timezone);
  if (rateMinutes === undefined) return undefined;
  const pause = rateMinutes * 60_000;
  return last + pause * (Math.floor(Math.max(now - last, 0) / pause) + 1);
};
