import { type ProblemDetail, unprocessable } from '../errors.ts';
import { calendarDay, instantRange, startOfDay } from '../model/calendar-day.ts';

/** The instants that a report is about, epoch ms, `until` excluded. */
export interface ReportingRange {
  from: number;
  until: number;
}

/** Now (epoch ms), and the time zone whose days and weeks are told. */
export interface ReportingClock {
  now: number;
  timeZone: string;
}

interface RangeRules extends ReportingClock {
  /** Where the dates stand in the request: `body` or `query`. */
  part: string;
  /** How far back a report goes that names no beginning. */
  defaultDays?: number;
  /** How many days it may be about. */
  daysMax?: number;
}

const dayMs = 86_400_000;

/**
 * What a report is about: without an end up to the end of today, without a beginning the 30 days before its end.
 *
 * @throws Problem `VALIDATION_FAILED` for a range that is reversed, empty or too long
 */
export const reportingRange = (
  dates: { startDate?: string | undefined; endDate?: string | undefined },
  { timeZone, now, part, defaultDays = 30, daysMax = 1100 }: RangeRules,
): ReportingRange => {
  const given = instantRange(dates, timeZone);
  const today = instantRange({ endDate: calendarDay(now, timeZone) }, timeZone);
  const until = dates.endDate === undefined ? today.until : given.until;
  const firstDay = calendarDay(until - defaultDays * dayMs, timeZone);
  const from = dates.startDate === undefined ? startOfDay(firstDay, timeZone) : given.from;
  const refuse = ({ path, reason }: ProblemDetail) => unprocessable(`${part}.${path}`, reason);
  if (until <= from) throw refuse({ path: 'endDate', reason: 'is before startDate' });
  if (until - from <= 1) throw refuse({ path: 'endDate', reason: 'is startDate: there is nothing between them' });
  if (until - from > (daysMax + 1) * dayMs)
    throw refuse({ path: 'startDate', reason: `is more than ${daysMax} days before endDate` });
  return { from, until };
};

/** The seconds of a range, as columns tell time. */
export const secondsOf = ({ from, until }: ReportingRange): ReportingRange => ({
  from: Math.max(0, Math.ceil(from / 1000)),
  until: Math.max(0, Math.ceil(until / 1000)),
});

/** The days (UTC) that a range touches, both included. */
export const daysOf = ({ from, until }: ReportingRange): { from: string; to: string } => ({
  from: new Date(from).toISOString().slice(0, 10),
  to: new Date(until - 1).toISOString().slice(0, 10),
});

/** The range as it is answered. */
export const answeredDates = ({ from, until }: ReportingRange, { timeZone }: Pick<ReportingClock, 'timeZone'>) => ({
  startDate: new Date(from).toISOString(),
  endDate: new Date(until).toISOString(),
  timeZone,
});
