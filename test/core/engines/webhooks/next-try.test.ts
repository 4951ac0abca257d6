import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pausesSeconds } from '../../../../core/engines/activation/retry-schedule.ts';
import { nextTry } from '../../../../core/engines/webhooks/next-try.ts';

test('every pause is what it should be and at most a tenth more, whatever the id', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: pausesSeconds.length }), (id, tries) => {
      const pause = ((nextTry({ id, tries, now: 0 }, pausesSeconds) ?? 0) / 1000) as number;
      const [least = 0] = pausesSeconds.slice(tries - 1);
      expect(pause).toBeGreaterThanOrEqual(least);
      expect(pause).toBeLessThanOrEqual(least * 1.1 + 1);
    }),
  );
});

test('what failed together does not come back together', () => {
  const times = Array.from({ length: 100 }, (_, index) =>
    nextTry({ id: `fact-${index}`, tries: 2, now: 0 }, pausesSeconds),
  );
  expect(new Set(times).size).toBeGreaterThan(90);
});

test('after the last pause it is not tried again', () => {
  expect(nextTry({ id: 'a', tries: pausesSeconds.length + 1, now: 0 }, pausesSeconds)).toBeUndefined();
});

test.each([
  [3600, 3600],
  [10, 60],
  [999_999, 86_400],
])('a receiver that asks for %i seconds is left alone for at least %i', (retryAfterSeconds, least) => {
  const at = (nextTry({ id: 'a', tries: 1, retryAfterSeconds, now: 0 }, pausesSeconds) ?? 0) / 1000;
  expect(at).toBeGreaterThanOrEqual(least);
  expect(at).toBeLessThanOrEqual(least * 1.1 + 1);
});
