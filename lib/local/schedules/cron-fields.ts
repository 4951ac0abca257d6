import { LocalError } from '../local-error.ts';

/** A calendar minute, in the time zone of its schedule. */
export interface CalendarMinute {
  minute: number;
  hour: number;
  day: number;
  /** 1 (January) to 12. */
  month: number;
  /** 1 (Sunday) to 7. */
  weekday: number;
  year: number;
  /** Days of this month. */
  monthDays: number;
}

type Test = (time: CalendarMinute) => boolean;

/** The six fields of a cron expression, each a test of a calendar minute. */
export type CronFields = readonly Test[];

interface Field {
  of(time: CalendarMinute): number;
  least: number;
  most: number;
  names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const dayField: Field = { of: time => time.day, least: 1, most: 31 };
const weekdayField: Field = { of: time => time.weekday, least: 1, most: 7, names: weekdays };
const fields: readonly Field[] = [
  { of: time => time.minute, least: 0, most: 59 },
  { of: time => time.hour, least: 0, most: 23 },
  dayField,
  { of: time => time.month, least: 1, most: 12, names: months },
  weekdayField,
  { of: time => time.year, least: 1970, most: 2199 },
];

const refuse = (text: string): never => {
  throw new LocalError(`cron(…) holds ${text}, which the local runtime does not read.`);
};

const numberIn = (text: string, { least, most, names }: Field): number => {
  const named = names?.indexOf(text) ?? -1;
  const number = named < 0 ? Number(text) : named + least;
  return /^\w+$/.test(text) && number >= least && number <= most ? number : refuse(text);
};

/** `L` in the day field is the last day; `6L` in the weekday field the last Friday; `6#3` the third Friday. */
const specialTest = (text: string, field: Field): Test | undefined => {
  if (field === dayField && text === 'L') return ({ day, monthDays }) => day === monthDays;
  if (field !== weekdayField) return undefined;
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) {
    const wanted = numberIn(last, field);
    return ({ weekday, day, monthDays }) => weekday === wanted && day > monthDays - 7;
  }
  const [, name, nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const wanted = numberIn(name, field);
  return ({ weekday, day }) => weekday === wanted && Math.ceil(day / 7) === Number(nth);
};

/** One part of a field's list: `*`, `5`, `1-5`, `MON-FRI`, `0/15`, `10-40/10`. */
const partTest = (text: string, field: Field): Test => {
  const special = specialTest(text, field);
  if (special) return special;
  const [span = '', step] = text.split('/');
  const [from = '', to] = span.split('-');
  const first = span === '*' ? field.least : numberIn(from, field);
  const lastGiven = to === undefined ? first : numberIn(to, field);
  const last = span === '*' || (to === undefined && step !== undefined) ? field.most : lastGiven;
  const every = step === undefined ? 1 : Number(step);
  if (!(every > 0)) refuse(text);
  return time => {
    const value = field.of(time);
    return value >= first && value <= last && (value - first) % every === 0;
  };
};

const fieldTest = (text: string, field: Field): Test => {
  if (text === '?') return () => true;
  const parts = text.split(',').map(part => partTest(part, field));
  return time => parts.some(test => test(time));
};

/** Reads `minutes hours day-of-month month day-of-week year`. Throws a `LocalError` for what it cannot read. */
export const cronFields = (text: string): CronFields => {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length) refuse(`${parts.length} fields instead of ${fields.length}`);
  return fields.map((field, index) => fieldTest((parts[index] ?? '').toUpperCase(), field));
};

/** Does a schedule run in this minute? */
export const cronMatches = (tests: CronFields, time: CalendarMinute): boolean => tests.every(test => test(time));
