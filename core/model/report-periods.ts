import { calendarDay, startOfDay } from './calendar-day.ts';

export const reportIntervals = ['day', 'week', 'month'] as const;
export type ReportInterval = (typeof reportIntervals)[number];
export const weekStarts = ['monday', 'sunday'] as const;
export type WeekStart = (typeof weekStarts)[number];

/** Calendar periods of a time zone, one after the other. */
export interface ReportPeriods {
  /** The first day of each: `2026-02-16`. */
  days: string[];
  /** The instant (epoch ms) at which each begins, and at the end the one at which the last is over. */
  bounds: number[];
}

const dayMs = 86_400_000;
const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const firstDays: Record<ReportInterval, (day: string, weekStart: WeekStart) => string> = {
  day: day => day,
  week: (day, weekStart) => {
    const since = (new Date(midnight(day)).getUTCDay() + (weekStart === 'monday' ? 6 : 0)) % 7;
    return dayOf(midnight(day) - since * dayMs);
  },
  month: day => `${day.slice(0, 8)}01`,
};

const nextDays: Record<ReportInterval, (day: string) => string> = {
  day: day => dayOf(midnight(day) + dayMs),
  week: day => dayOf(midnight(day) + 7 * dayMs),
  month: day => {
    const next = new Date(midnight(day));
    return dayOf(next.setUTCMonth(next.getUTCMonth() + 1));
  },
};

/**
 * The whole periods that a range touches (epoch ms, `until` excluded), at most one more than `periodsMax`.
 *
 * @example reportPeriods({ from: …'2026-02-18', until: …'2026-02-24' }, 'week', …).days // ['2026-02-16', '2026-02-23']
 */
export const reportPeriods = (
  { from, until }: { from: number; until: number },
  interval: ReportInterval,
  { timeZone, weekStart, periodsMax }: { timeZone: string; weekStart: WeekStart; periodsMax: number },
): ReportPeriods => {
  const days: string[] = [];
  const bounds: number[] = [];
  let day = firstDays[interval](calendarDay(from, timeZone), weekStart);
  for (;;) {
    const begins = startOfDay(day, timeZone);
    bounds.push(begins);
    if (begins >= until || days.length > periodsMax) return { days, bounds };
    days.push(day);
    day = nextDays[interval](day);
  }
};
