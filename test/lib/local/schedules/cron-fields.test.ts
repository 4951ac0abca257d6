import { expect, test } from 'vitest';
import { calendarMinute } from '../../../../lib/local/schedules/calendar-minute.ts';
import { cronFields, cronMatches } from '../../../../lib/local/schedules/cron-fields.ts';

// 2026-01-31 is a Saturday, the last of January, and its fifth Saturday.
test.each<[string, string, boolean]>([
  ['* * * * ? *', '2026-01-31T10:20', true],
  ['20 10 * * ? *', '2026-01-31T10:20', true],
  ['21 10 * * ? *', '2026-01-31T10:20', false],
  ['0/20 * * * ? *', '2026-01-31T10:40', true],
  ['0/20 * * * ? *', '2026-01-31T10:50', false],
  ['5-25/10 * * * ? *', '2026-01-31T10:15', true],
  ['* 8,10 * * ? *', '2026-01-31T10:20', true],
  ['* * ? * MON-FRI *', '2026-01-31T10:20', false],
  ['* * ? * SAT *', '2026-01-31T10:20', true],
  ['* * ? * 7 *', '2026-01-31T10:20', true],
  ['* * ? JAN-MAR 7 2026', '2026-01-31T10:20', true],
  ['* * ? * * 2027', '2026-01-31T10:20', false],
  ['* * L * ? *', '2026-01-31T10:20', true],
  ['* * L * ? *', '2026-02-28T10:20', true],
  ['* * L * ? *', '2026-01-30T10:20', false],
  ['* * ? * SATL *', '2026-01-31T10:20', true],
  ['* * ? * SATL *', '2026-01-24T10:20', false],
  ['* * ? * 7#5 *', '2026-01-31T10:20', true],
  ['* * ? * 7#4 *', '2026-01-31T10:20', false],
])('cron(%s) at %s: %s', (text, at, expected) => {
  expect(cronMatches(cronFields(text), calendarMinute(Date.parse(`${at}Z`), 'UTC'))).toBe(expected);
});

test.each(['* * * * ?', '60 * * * ? *', '* * 15W * ? *', '*/0 * * * ? *', 'x * * * ? *'])(
  'cron(%s) is refused',
  text => {
    expect(() => cronFields(text)).toThrow('cron(…)');
  },
);

test('the calendar is that of the time zone', () => {
  expect(calendarMinute(Date.parse('2026-06-30T22:30Z'), 'Europe/Berlin')).toMatchObject({
    year: 2026,
    month: 7,
    day: 1,
    hour: 0,
    minute: 30,
    weekday: 4,
    monthDays: 31,
  });
});
