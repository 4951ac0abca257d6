import Big from 'big.js';
import { instantOf } from '../instant-of.ts';
import { type ExpressionFunction, strict } from './expression-function.ts';

const [hourMs, dayMs] = [3_600_000, 86_400_000];
/** Days beyond these have no date. */
const daysMax = 1_000_000;

const at = (date: string): number => instantOf(date) ?? Number.NaN;

/** How long from the first to the second, in parts of so many ms; less than nothing where the second is earlier. */
const between = (unit: number): ExpressionFunction =>
  strict(['date', 'date'], 'number', (first, second) => new Big(at(second) - at(first)).div(unit).round(6).toNumber());

const read = (part: (date: Date) => number): ExpressionFunction =>
  strict(['date'], 'number', date => part(new Date(at(date))));

const moved = (date: string, milliseconds: number): string | null =>
  Math.abs(milliseconds) > daysMax * dayMs ? null : new Date(at(date) + milliseconds).toISOString();

/** All of them in UTC. */
export const dateFunctions: Readonly<Record<string, ExpressionFunction>> = {
  days_between: between(dayMs),
  hours_between: between(hourMs),
  add_days: strict(['date', 'number'], 'date', (date, days) => moved(date, days * dayMs)),
  add_hours: strict(['date', 'number'], 'date', (date, hours) => moved(date, hours * hourMs)),
  /** The day of a date, without its time. */
  day_of: strict(['date'], 'date', date => new Date(at(date)).toISOString().slice(0, 10)),
  year: read(date => date.getUTCFullYear()),
  month: read(date => date.getUTCMonth() + 1),
  day: read(date => date.getUTCDate()),
  hour: read(date => date.getUTCHours()),
  /** Monday is 1. */
  weekday: read(date => ((date.getUTCDay() + 6) % 7) + 1),
  now: {
    ...{ takes: [], gives: 'date', isTimed: true },
    run: (_, now) => (now === undefined ? null : new Date(now).toISOString()),
  },
};
