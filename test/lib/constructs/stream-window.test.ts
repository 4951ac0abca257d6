import { expect, test } from 'vitest';
import { streamWindowSeconds } from '../../../lib/constructs/stream-window.ts';

test.each([
  ['flush', 5, 5],
  ['flush', 1, 1],
  ['follow', 5, 5],
  ['follow', 1, 0],
  ['follow', 0, 0],
  [0, 5, 0],
  [3, 1, 3],
] as const)(
  'a consumer that waits for %s, at an event window of %i s, waits %i s',
  (windowSeconds, flush, expected) => {
    expect(streamWindowSeconds({ windowSeconds }, flush)).toBe(expected);
  },
);
