import { expect, test } from 'vitest';
import { type Rest, restAfter } from '../../../../core/engines/activation/rest-after.ts';

const secondsOf = (rests: readonly Rest[]): number[] => rests.map(({ until }) => until / 1000);

test('a destination that does not answer is left alone for longer each time, up to five minutes', () => {
  const rests: Rest[] = [];
  for (let failures = 0; failures < 8; failures += 1) rests.push(restAfter(rests.at(-1), { error: 'x' }, 0));
  expect(secondsOf(rests)).toEqual([30, 60, 120, 240, 300, 300, 300, 300]);
});

test.each([
  [5, 30],
  [300, 300],
  [86_400, 3600],
])('one that asks for %d s is left alone for %d s', (retryAfterSeconds, expected) => {
  expect(secondsOf([restAfter(undefined, { error: 'x', retryAfterSeconds }, 0)])).toEqual([expected]);
});
