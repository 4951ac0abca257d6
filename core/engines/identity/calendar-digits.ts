const [yearFirst, yearLast, separated] = [
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/,
  /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})/,
];

/**
 * A date as eight digits, year first; a date that no calendar has stays as it was given, for a slip of one digit is
 * still near its neighbour. Day and month of `1.2.1990` are taken in the order day, month. Empty when it is no date.
 *
 * @example calendarDigits('1855-01-04T00:00:00Z') // '18550104'
 */
export const calendarDigits = (text: string): string => {
  const given = text.trim();
  const compact = yearFirst.exec(given) ?? separated.exec(given);
  if (compact) return digits(compact[1], compact[2], compact[3]);
  const european = yearLast.exec(given);
  return european ? digits(european[3], european[2], european[1]) : '';
};

const digits = (year = '', month = '', day = ''): string => year + month.padStart(2, '0') + day.padStart(2, '0');
