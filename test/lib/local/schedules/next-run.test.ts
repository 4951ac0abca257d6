import { expect, test } from 'vitest';
import { clockExpression } from '../../../../lib/local/schedules/clock-expression.ts';
import { nextRun } from '../../../../lib/local/schedules/next-run.ts';

const at = (time: string): number => Date.parse(`2026-01-31T${time}Z`);

test.each<[string, string, string, string, string | undefined]>([
  ['a rate runs one period after the last run', 'rate(5 minutes)', '10:00:10', '10:01:00', '10:05:10'],
  ['a rate that was missed runs at once', 'rate(1 minute)', '10:00:00', '10:30:00', '10:30:00'],
  ['hours', 'rate(2 hours)', '10:00:00', '10:01:00', '12:00:00'],
  ['a calendar runs at its next minute', 'cron(0 12 * * ? *)', '10:00:00', '10:01:00', '12:00:00'],
  ['a calendar runs once in its minute', 'cron(* * * * ? *)', '10:01:00', '10:01:20', '10:02:00'],
  ['minutes of a calendar that have passed are over', 'cron(0 * * * ? *)', '08:00:00', '10:30:00', '11:00:00'],
  ['a calendar that is far away', 'cron(0 0 1 6 ? *)', '10:00:00', '10:01:00', undefined],
  ['once', 'at(2026-01-31T12:00:00)', '10:00:00', '10:01:00', '12:00:00'],
  ['once, missed', 'at(2026-01-31T12:00:00)', '10:00:00', '13:00:00', '13:00:00'],
  ['once, done', 'at(2026-01-31T12:00:00)', '12:00:00', '13:00:00', undefined],
])('%s', (_name, expression, last, now, expected) => {
  const next = nextRun(clockExpression(expression), at(last), at(now), 'UTC');
  expect(next).toBe(expected === undefined ? undefined : at(expected));
});

test.each(['rate(0 minutes)', 'rate(5)', 'every day', 'at(soon)', ''])('%j is refused', text => {
  expect(() => clockExpression(text)).toThrow('is no schedule');
});
