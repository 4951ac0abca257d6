const number = new Intl.NumberFormat();
const decimal = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const none = '–';
const given =
  <Value>(shown: (value: Value) => string) =>
  (value: Value | undefined): string =>
    value === undefined ? none : shown(value);

export const formatNumber = given((value: number) => number.format(value));
/** An amount in the account currency. */
export const formatMoney = given((value: number) => decimal.format(value));
/** A share, from 0 to 1. */
export const formatShare = given((value: number) => percent.format(value));
export const formatMoment = given((value: string) => moment.format(new Date(value)));
export const formatMinute = given((value: string) => minute.format(new Date(value)));
export const formatDay = given((value: string) => day.format(new Date(value)));
export const formatClock = given((value: string) => clock.format(new Date(value)));

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** How long ago, or ahead, in the largest unit that fits. */
export const formatAgo = (value: string, now: number): string => {
  const seconds = (Date.parse(value) - now) / 1000;
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const);
  return relative.format(Math.trunc(seconds / length), unit);
};

/** Anything that a profile or an event says, in one line. */
export const formatValue = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return none;
  if (Array.isArray(value)) return value.map(formatValue).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
