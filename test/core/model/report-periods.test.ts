import { expect, test } from 'vitest';
import { reportPeriods } from '../../../core/model/report-periods.ts';

const range = (from: string, until: string) => ({ from: Date.parse(from), until: Date.parse(until) });
const rules = { timeZone: 'UTC', weekStart: 'monday' as const, periodsMax: 100 };

test.each([
  ['day', 'monday', ['2026-02-27', '2026-02-28', '2026-03-01']],
  ['week', 'monday', ['2026-02-23']],
  ['week', 'sunday', ['2026-02-22', '2026-03-01']],
  ['month', 'monday', ['2026-02-01', '2026-03-01']],
] as const)('whole calendar periods: %s, weeks from %s', (interval, weekStart, days) => {
  const some = range('2026-02-27T12:00:00Z', '2026-03-02T00:00:00Z');
  const periods = reportPeriods(some, interval, { ...rules, weekStart });
  expect(periods.days).toEqual(days);
  expect(periods.bounds.length).toBe(days.length + 1);
});

test('days are those of the time zone, also where clocks change', () => {
  const some = range('2026-03-28T23:00:00Z', '2026-03-30T22:00:00Z');
  const { days, bounds } = reportPeriods(some, 'day', { ...rules, timeZone: 'Europe/Berlin' });
  expect(days).toEqual(['2026-03-29', '2026-03-30']);
  expect(bounds.map(bound => new Date(bound).toISOString())).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
    '2026-03-30T22:00:00.000Z',
  ]);
});

test('no more periods are told than one too many', () => {
  expect(reportPeriods(range('2020-01-01', '2026-01-01'), 'day', rules).days.length).toBe(101);
});
