const isoDate =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?$/;

/**
 * The instant of an ISO 8601 text in milliseconds (a date alone is midnight UTC, as is a time without an offset in UTC),
 * or `undefined` for other text, and for days and hours that there are not.
 */
export const instantOf = (value: unknown): number | undefined => {
  if (typeof value !== 'string' || value.length < 10 || value.charCodeAt(4) !== 45) return undefined;
  const found = isoDate.exec(value);
  if (!found) return undefined;
  const [
    ,
    year,
    month,
    day,
    hours = '0',
    minutes = '0',
    seconds = '0',
    fraction = '',
    ,
    sign,
    ahead = '0',
    past = '0',
  ] = found;
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  if (hour > 23 || minute > 59 || second > 59 || Number(ahead) > 23 || Number(past) > 59) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), hour, minute, second, milliseconds);
  const date = new Date(at);
  if (date.getUTCDate() !== Number(day) || date.getUTCFullYear() !== Number(year)) return undefined;
  const offset = (Number(ahead) * 60 + Number(past)) * 60_000;
  return sign === '+' ? at - offset : at + offset;
};
