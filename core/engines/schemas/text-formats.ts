import { isEmailAddress } from '../../model/identifier.ts';

const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const time = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const address = /^[a-z][a-z0-9+.-]{0,30}:[^\s<>"{}|\\^`]+$/i;

const isDate = (text: string): boolean => {
  if (!date.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
};

const isDateTime = (text: string): boolean => {
  const [day = '', rest = ''] = [text.slice(0, 10), text.slice(11)];
  return /^[Tt ]$/.test(text.charAt(10)) && isDate(day) && time.test(rest);
};

/** What a text may be said to be, and whether it is that; each in one pass over the text. */
export const textFormats = {
  date: isDate,
  time: text => time.test(text),
  'date-time': isDateTime,
  email: isEmailAddress,
  uuid: text => uuid.test(text),
  uri: text => address.test(text),
} as const satisfies Record<string, (text: string) => boolean>;
