/** A minute as a calendar and a clock show it. */
export interface CalendarTime {
  minute: number;
  hour: number;
  day: number;
  /** 1 (January) to 12. */
  month: number;
  /** 0 (Sunday) to 6. */
  weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric },
  });
  formats.set(timeZone, made);
  return made;
};

/** What the calendar and the clock of a time zone show at a moment (epoch ms). */
export const calendarTime = (at: number, timezone: string): CalendarTime => {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const [month, day] = [part('month'), part('day')];
  const weekday = new Date(Date.UTC(part('year'), month - 1, day)).getUTCDay();
  return { minute: part('minute'), hour: part('hour'), day, month, weekday };
};
