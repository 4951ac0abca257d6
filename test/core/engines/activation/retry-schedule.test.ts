import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Failure, nextFailure, pausesSeconds } from '../../../../core/engines/activation/retry-schedule.ts';

const now = Date.parse('2026-02-15T12:00:00.000Z');
const unavailable = { error: 'nobody answers', tried: true, final: false };

/** When a delivery is tried, in seconds after the first, where every try fails as soon as it is due. */
const triesAt = (): number[] => {
  const tries: number[] = [];
  let failure: Failure | undefined;
  for (let at: number | undefined = now; at !== undefined; at = failure.nextAt) {
    tries.push((at - now) / 1000);
    failure = nextFailure(failure, unavailable, at);
  }
  return tries;
};

test('a destination that is down is tried for at least 75 hours, with pauses that grow', () => {
  const tries = triesAt();
  expect(tries).toHaveLength(10);
  expect(tries.at(-1)).toBeGreaterThanOrEqual(75 * 3600);
  const pauses = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
  expect(pauses).toEqual([...pauses].sort((left, right) => left - right));
  expect(pauses).toEqual(pausesSeconds);
});

test('what failed together does not come back together, and nothing comes back early', () => {
  const at = Array.from({ length: 200 }, (_, index) => {
    const failure = nextFailure(undefined, { ...unavailable, about: `profile-${index}` }, 0);
    return failure.nextAt ?? 0;
  });
  expect(new Set(at).size).toBeGreaterThan(150);
  expect(Math.min(...at)).toBeGreaterThanOrEqual(60_000);
  expect(Math.max(...at)).toBeLessThanOrEqual(66_000);
});

test('a destination that asks for more time gets it, up to a day', () => {
  const after = (retryAfterSeconds: number) =>
    (nextFailure(undefined, { ...unavailable, retryAfterSeconds }, 0).nextAt ?? 0) / 1000;
  expect([after(10), after(3600), after(1e9)]).toEqual([60, 3600, 86_400]);
});

test('what is refused is not tried again', () => {
  expect(nextFailure(undefined, { ...unavailable, final: true }, now)).toEqual({
    attempts: 1,
    error: 'nobody answers',
  });
});

test('a destination that was not even asked uses up no try, and is always asked again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), attempts => {
      const before = attempts === 0 ? undefined : { attempts, nextAt: now, error: 'x' };
      const failure = nextFailure(before, { ...unavailable, tried: false }, now);
      expect(failure.attempts).toBe(attempts);
      expect(failure.nextAt).toBeGreaterThan(now);
    }),
  );
});
