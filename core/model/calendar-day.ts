const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const [day, time] = ['2-digit', '2-digit'] as const;
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day, hour: time, minute: time, second: time },
  });
  formats.set(timeZone, format);
  return format;
};

/** What clocks in a time zone show at an instant, as the instant at which clocks in UTC show the same. */
export const wallClock = (at: number, timeZone: string): number => {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year = 0, month = 1, ...rest] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(name =>
    Number(part[name]),
  );
  const [day = 1, hour = 0, minute = 0, second = 0] = rest;
  return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000;
};

/**
 * The calendar day of an instant (epoch ms) in a time zone.
 *
 * @example calendarDay(Date.parse('2026-02-15T23:30:00Z'), 'Europe/Berlin') // '2026-02-16'
 */
export const calendarDay = (at: number, timeZone: string): string =>
  new Date(wallClock(at, timeZone)).toISOString().slice(0, 10);

/**
 * The instant (epoch ms) at which a calendar day begins in a time zone.
 *
 * @example startOfDay('2026-02-16', 'Europe/Berlin') // Date.parse('2026-02-15T23:00:00Z')
 */
export const startOfDay = (day: string, timeZone: string): number =>
  startOfDayAt(Date.parse(`${day}T00:00:00Z`), timeZone);

/** `midnight`: of the same day in UTC. */
const startOfDayAt = (midnight: number, timeZone: string): number => {
  const guess = midnight - (wallClock(midnight, timeZone) - midnight);
  return guess - (wallClock(guess, timeZone) - midnight);
};

const dayMs = 86_400_000;

/**
 * The instants that a range given in dates or times holds: a date-only start is the beginning of that day, a date-only
 * end the whole day; `until` is the first instant after the range.
 */
export const instantRange = (
  { startDate, endDate }: { startDate?: string | undefined; endDate?: string | undefined },
  timeZone: string,
): { from: number; until: number } => ({
  from: startDate === undefined ? Number.NEGATIVE_INFINITY : instantOf(startDate, timeZone),
  until: endDate === undefined ? Number.POSITIVE_INFINITY : endOf(endDate, timeZone),
});

const isDay = (text: string): boolean => text.length === 'YYYY-MM-DD'.length;

const instantOf = (text: string, timeZone: string): number =>
  isDay(text) ? startOfDay(text, timeZone) : Date.parse(text);

const endOf = (text: string, timeZone: string): number =>
  isDay(text) ? startOfDayAt(Date.parse(`${text}T00:00:00Z`) + dayMs, timeZone) : Date.parse(text) + 1;
