import { expect, test } from 'vitest';
import { heapBytes } from '../../../functions/kit/heap-bytes.ts';

const megabytes = (bytes: number): number => bytes / 1024 / 1024;

test.each([
  ['a long text', () => 'a'.repeat(8 * 1024 * 1024), 8],
  ['a million empty objects', () => Array.from({ length: 1024 * 1024 }, () => ({})), 48],
  ['a million numbers', () => Array.from({ length: 1024 * 1024 }, (_, n) => n), 8],
  ['objects in objects', () => Array.from({ length: 1024 * 1024 }, () => ({ a: { b: 1 } })), 104],
])('%s takes about what the heap would need', (_, make, expected) => {
  expect(megabytes(heapBytes(make()))).toBeCloseTo(expected, 1);
});

test('null, flags and nothing are small', () => {
  expect([null, true, undefined, 1].map(heapBytes)).toEqual([8, 8, 8, 8]);
});
