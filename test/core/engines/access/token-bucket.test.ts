import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeTokens, tokensIn, waitMs } from '../../../../core/engines/access/token-bucket.ts';

const now = Date.parse('2026-02-15T12:00:00.000Z');

test.each([
  ['a bucket that was never used', 0, 1000],
  ['a bucket that is full at this moment', now, 1000],
  ['half of it', now + 30_000, 500],
  ['an empty one', now + 60_000, 0],
  ['one from a clock that is ahead', now + 90_000, 0],
])('%s of 1000', (_name, fullAt, expected) => {
  expect(Math.max(0, tokensIn(fullAt, 1000, now))).toBe(expected);
});

test('takes what is wanted, or what there is', () => {
  expect(takeTokens(0, { size: 1000, wanted: 50, now })).toEqual({
    tokens: 50,
    milliseconds: 3000,
    fullAt: now + 3000,
  });
  expect(takeTokens(now + 58_000, { size: 60, wanted: 50, now })).toEqual({
    ...{ tokens: 2, milliseconds: 2000, fullAt: now + 60_000 },
  });
  expect(takeTokens(now + 90_000, { size: 60, wanted: 50, now }).tokens).toBe(0);
});

test('tells how long it takes until there is something', () => {
  expect(waitMs(now + 60_000, 60, now, 1)).toBe(1000);
  expect(waitMs(now + 60_000, 1000, now, 10)).toBe(600);
  expect(waitMs(now, 1000, now, 10)).toBe(0);
});

const step = fc.record({ after: fc.integer({ min: 0, max: 20_000 }), wanted: fc.integer({ min: 1, max: 400 }) });

test('over any time no more is given than a full bucket and what has come back since', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.array(step, { maxLength: 60 }), (size, steps) => {
      let [at, fullAt] = [now, 0];
      const given: { at: number; tokens: number }[] = [];
      for (const { after, wanted } of steps) {
        at += after;
        const taken = takeTokens(fullAt, { size, wanted, now: at });
        fullAt = taken.fullAt;
        given.push({ at, tokens: taken.tokens });
      }
      for (const [index, first] of given.entries()) {
        let sum = 0;
        for (const { at: then, tokens } of given.slice(index)) {
          sum += tokens;
          expect(sum).toBeLessThanOrEqual(size + ((then - first.at) * size) / 60_000 + 1e-3);
        }
      }
    }),
  ));

test('who waits as long as it says gets what it waited for', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 60_000 }), (size, ahead) => {
      const wait = waitMs(now + ahead, size, now, 1);
      expect(takeTokens(now + ahead, { size, wanted: 1, now: now + wait }).tokens).toBe(1);
    }),
  ));
