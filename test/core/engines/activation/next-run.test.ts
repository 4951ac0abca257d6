import { expect, test } from 'vitest';
import { nextRun } from '../../../../core/engines/activation/next-run.ts';

const minute = 60_000;

test.each([
  ['on time: one pause later', 0, 0, 30],
  ['late: late runs do not shift those after them', 0, 7, 30],
  ['after several were missed: the next one, and none of those', 0, 95, 120],
  ['exactly at a due time: the one after it', 0, 30, 60],
])('a rate, run %s', (_what, last, now, expected) => {
  expect(nextRun({ rateMinutes: 30 }, last * minute, now * minute)).toBe(expected * minute);
});

test('an expression, after several were missed: the next one', () => {
  expect(nextRun({ cron: '0 * * * *', timezone: 'UTC' }, 0, 150 * minute)).toBe(180 * minute);
});

test('nothing never comes', () => {
  expect(nextRun({}, 0, 0)).toBeUndefined();
});
