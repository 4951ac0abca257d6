import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarTime } from '../../../core/model/calendar-time.ts';
import { nextCronTime, readCron, whyNoCron } from '../../../core/model/cron.ts';

const next = (text: string, after: string, timezone = 'UTC'): string | undefined => {
  const at = nextCronTime(readCron(text), Date.parse(after), timezone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('the next time', () => {
  test.each([
    ['* * * * *', '2026-02-15T12:00:30Z', '2026-02-15T12:01:00.000Z'],
    ['0 3 * * *', '2026-02-15T12:00:00Z', '2026-02-16T03:00:00.000Z'],
    ['0 12 * * *', '2026-02-15T12:00:00Z', '2026-02-16T12:00:00.000Z'],
    ['*/15 * * * *', '2026-02-15T12:46:00Z', '2026-02-15T13:00:00.000Z'],
    ['5-59/20 9 * * mon-fri', '2026-02-14T12:00:00Z', '2026-02-16T09:05:00.000Z'],
    ['0 0 1 jan *', '2026-02-15T12:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['0 0 29 2 *', '2026-02-15T12:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0 0 * * 7', '2026-02-15T12:00:00Z', '2026-02-22T00:00:00.000Z'],
    ['0 0 20 * 1', '2026-02-16T12:00:00Z', '2026-02-20T00:00:00.000Z'],
    ['0 6,18 * * *', '2026-02-15T12:00:00Z', '2026-02-15T18:00:00.000Z'],
  ])('of %s after %s is %s', (text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  test.each([
    ['2026-02-15T12:00:00Z', '2026-02-16T02:00:00.000Z'],
    ['2026-07-15T12:00:00Z', '2026-07-16T01:00:00.000Z'],
  ])('follows the clocks of a time zone (%s)', (after, expected) => {
    expect(next('0 3 * * *', after, 'Europe/Berlin')).toBe(expected);
  });

  test('of an hour that the change of clocks leaves out comes with the day after', () => {
    expect(next('30 2 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-30T00:30:00.000Z');
  });

  test('of a day that there is not never comes', () => {
    expect(next('0 0 31 2 *', '2026-02-15T12:00:00Z')).toBeUndefined();
  });

  test('is the first minute that fits, whatever the time zone', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns'),
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2026, 11) }),
        (timezone, minute, hour, after) => {
          const cron = readCron(`${minute} ${hour} * * *`);
          const at = nextCronTime(cron, after, timezone) ?? 0;
          expect(calendarTime(at, timezone)).toMatchObject({ minute, hour });
          for (let earlier = at - 60_000; earlier > Math.max(after, at - 7_200_000); earlier -= 60_000) {
            expect(calendarTime(earlier, timezone)).not.toMatchObject({ minute, hour });
          }
        },
      ),
      { numRuns: 60 },
    ));
});

test.each([
  ['', 'has five fields, not 1'],
  ['* * * *', 'has five fields, not 4'],
  ['60 * * * *', 'minute cannot have 60'],
  ['* * * * fun', 'weekday cannot have fun'],
  ['*/0 * * * *', 'minute cannot have the step */0'],
  ['5-1 * * * *', 'minute cannot end before it begins: 5-1'],
  ['1,,2 * * * *', 'minute cannot have an empty part'],
  ['1.5 * * * *', 'minute cannot have 1.5'],
])('%j is refused: it %s', (text, reason) => {
  expect(whyNoCron(text)).toBe(reason);
});
