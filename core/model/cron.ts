import { type CalendarTime, calendarTime } from './calendar-time.ts';

interface Field {
  of(time: CalendarTime): number;
  least: number;
  most: number;
  names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const fields = {
  minute: { of: time => time.minute, least: 0, most: 59 },
  hour: { of: time => time.hour, least: 0, most: 23 },
  day: { of: time => time.day, least: 1, most: 31 },
  month: { of: time => time.month, least: 1, most: 12, names: months },
  weekday: { of: time => time.weekday, least: 0, most: 7, names: weekdays },
} as const satisfies Record<string, Field>;
type FieldName = keyof typeof fields;
const fieldNames = Object.keys(fields) as FieldName[];

/** The values that each field of an expression allows. */
export type Cron = Readonly<Record<FieldName, ReadonlySet<number>>> & { anyDay: boolean; anyWeekday: boolean };

const valueIn = (text: string, { least, most, names = [] }: Field): number => {
  const named = names.indexOf(text.toLowerCase());
  const value = named < 0 ? Number(text) : named + least;
  if (text !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`cannot have ${text === '' ? 'an empty part' : text}`);
};

/** `*`, `5`, `1-5`, `mon-fri`, or one of these with a step, as `10-40/10`. */
const partOf = (text: string, field: Field): number[] => {
  const [span = '', step = '1', ...more] = text.split('/');
  const every = Number(step);
  if (more.length > 0 || !Number.isInteger(every) || every < 1) throw new Error(`cannot have the step ${text}`);
  const [from = '', to, ...rest] = span.split('-');
  if (rest.length > 0) throw new Error(`cannot have ${text}`);
  const first = span === '*' ? field.least : valueIn(from, field);
  const single = to === undefined && !text.includes('/') ? first : field.most;
  const last = span === '*' || to === undefined ? (span === '*' ? field.most : single) : valueIn(to, field);
  if (last < first) throw new Error(`cannot end before it begins: ${text}`);
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every);
};

/** Reads the five fields of an expression; weekday 7 is Sunday as 0 is. @throws Error saying what is wrong with which */
export const readCron = (text: string): Cron => {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fieldNames.length) throw new Error(`has five fields, not ${parts.length}`);
  const sets = fieldNames.map((name, index): [FieldName, Set<number>] => {
    try {
      const values = (parts[index] ?? '').split(',').flatMap(part => partOf(part, fields[name]));
      return [name, new Set(name === 'weekday' ? values.map(value => value % 7) : values)];
    } catch (fault) {
      throw new Error(`${name} ${fault instanceof Error ? fault.message : 'cannot be read'}`);
    }
  });
  const anything = (index: number) => parts[index]?.startsWith('*') === true;
  return {
    ...(Object.fromEntries(sets) as Record<FieldName, Set<number>>),
    anyDay: anything(2),
    anyWeekday: anything(4),
  };
};

/** What is wrong with an expression, or `undefined`. */
export const whyNoCron = (text: string): string | undefined => {
  try {
    readCron(text);
    return undefined;
  } catch (fault) {
    return fault instanceof Error ? fault.message : 'cannot be read';
  }
};

/** Where both days are restricted, either is enough: so every cron has it. */
const dayFits = (cron: Cron, time: CalendarTime): boolean => {
  const [day, weekday] = [cron.day.has(time.day), cron.weekday.has(time.weekday)];
  return cron.anyDay || cron.anyWeekday ? day && weekday : day || weekday;
};

const minuteMilliseconds = 60_000;
const searchedDays = 5 * 366;

/**
 * The next minute after `after` (epoch ms) that an expression names in a time zone; `undefined` where none does within
 * five years. An hour that a change of clocks leaves out is left out, one that it brings twice comes twice.
 *
 * @example nextCronTime(readCron('0 3 * * *'), 0, 'UTC') // 10_800_000
 */
export const nextCronTime = (cron: Cron, after: number, timezone: string): number | undefined => {
  const until = after + searchedDays * 86_400_000;
  let at = (Math.floor(after / minuteMilliseconds) + 1) * minuteMilliseconds;
  while (at <= until) {
    const time = calendarTime(at, timezone);
    const dateFits = cron.month.has(time.month) && dayFits(cron, time);
    if (dateFits && cron.hour.has(time.hour) && cron.minute.has(time.minute)) return at;
    const stepMinutes = dateFits && cron.hour.has(time.hour) ? 1 : 60 - time.minute;
    at += stepMinutes * minuteMilliseconds;
  }
  return undefined;
};
