import type { StoredSegment } from '../contract/segments.ts';
import { notFound } from '../errors.ts';
import { calendarDay, startOfDay } from '../model/calendar-day.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import { askedPeriod } from './asked-period.ts';

interface HistoryTools {
  segments: Pick<Collection<StoredSegment>, 'get'>;
  memberships: Pick<MembershipStore, 'count' | 'enteredBetween' | 'exitedSince'>;
  settings: { reportingTimezone: string };
  now: () => Date;
}

type Period = Parameters<typeof askedPeriod>[0];

/** A segment day by day: what is now, and whoever came and went since, tell how large it was. @throws Problem `NOT_FOUND` */
export const segmentHistory = async (id: string, query: Period, tools: HistoryTools) => {
  const { memberships, settings } = tools;
  if (!(await tools.segments.get(id))) throw notFound('Segment', id);
  const { from, until } = askedPeriod(query, tools.now().getTime(), settings.reportingTimezone);
  const since = new Date(from).toISOString();
  const [now, still, left] = await Promise.all([
    memberships.count(id),
    memberships.enteredBetween(id, since),
    memberships.exitedSince(id, since),
  ]);
  const entries = [...still, ...left].map(({ enteredAt }) => Date.parse(enteredAt)).filter(at => at >= from);
  const exits = left.map(({ exitedAt }) => Date.parse(exitedAt));
  const days = daysOf(from, until, settings.reportingTimezone);
  const byDay = (times: readonly number[]) =>
    countsByDay(
      times.filter(at => at < until),
      settings.reportingTimezone,
    );
  const [entered, exited] = [byDay(entries), byDay(exits)];
  let size = now - entries.length + exits.length;
  const series = days.map(date => {
    const day = { date, entered: entered.get(date) ?? 0, exited: exited.get(date) ?? 0 };
    size += day.entered - day.exited;
    return { ...day, size };
  });
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, one) => total + one, 0);
  return { series, entered: sum(entered), exited: sum(exited) };
};

/** The calendar days that a period touches. */
const daysOf = (from: number, until: number, timeZone: string): string[] => {
  const days: string[] = [];
  for (let day = calendarDay(from, timeZone); startOfDay(day, timeZone) < until; day = dayAfter(day)) days.push(day);
  return days;
};

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

const countsByDay = (times: readonly number[], timeZone: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const at of times) {
    const day = calendarDay(at, timeZone);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
};
