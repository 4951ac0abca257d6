import type { CalendarMinute } from './cron-fields.ts';

/** The calendar minute of a moment in a time zone such as `UTC` or `Europe/Berlin`. */
export const calendarMinute = (at: number, timeZone: string): CalendarMinute => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const [year, month, day] = [part('year'), part('month'), part('day')];
  return {
    year,
    month,
    day,
    hour: part('hour'),
    minute: part('minute'),
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1,
    monthDays: new Date(Date.UTC(year, month, 0)).getUTCDate(),
  };
};
