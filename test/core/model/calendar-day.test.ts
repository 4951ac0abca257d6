import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarDay, instantRange, startOfDay } from '../../../core/model/calendar-day.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];

describe('calendarDay', () => {
  test.each([
    ['2026-02-15T23:30:00Z', 'Europe/Berlin', '2026-02-16'],
    ['2026-02-15T23:30:00Z', 'UTC', '2026-02-15'],
    ['2026-02-15T00:30:00Z', 'America/New_York', '2026-02-14'],
    ['2026-02-15T10:00:00Z', 'Pacific/Kiritimati', '2026-02-16'],
  ])('%s in %s is %s', (at, zone, day) => expect(calendarDay(Date.parse(at), zone)).toBe(day));
});

describe('startOfDay', () => {
  test.each([
    ['2026-02-16', 'Europe/Berlin', '2026-02-15T23:00:00Z'],
    ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
    ['2026-02-15', 'Asia/Kolkata', '2026-02-14T18:30:00Z'],
  ])('%s in %s is %s', (day, zone, at) => expect(startOfDay(day, zone)).toBe(Date.parse(at)));

  test('is the first instant of its day, whatever the day and the zone', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        (date, zone) => {
          const day = date.toISOString().slice(0, 10);
          const start = startOfDay(day, zone);
          expect(calendarDay(start, zone)).toBe(day);
          expect(calendarDay(start - 1000, zone) < day).toBe(true);
        },
      ),
    ));
});

describe('instantRange', () => {
  test.each([
    [{}, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    [{ startDate: '2026-03-29', endDate: '2026-03-29' }, '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    [{ startDate: '2026-02-15T10:00:00+01:00' }, '2026-02-15T09:00:00Z', Number.POSITIVE_INFINITY],
    [{ endDate: '2026-02-15T10:00:00.000Z' }, Number.NEGATIVE_INFINITY, '2026-02-15T10:00:00.001Z'],
    [{ startDate: '0001-01-01', endDate: '9999-12-31' }, '0000-12-31T23:06:32Z', '9999-12-31T23:00:00Z'],
  ])('%j in Europe/Berlin', (range, from, until) => {
    const instant = (at: string | number) => (typeof at === 'number' ? at : Date.parse(at));
    expect(instantRange(range, 'Europe/Berlin')).toEqual({ from: instant(from), until: instant(until) });
  });
});
