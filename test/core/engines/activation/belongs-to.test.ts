import { expect, test } from 'vitest';
import { belongsTo } from '../../../../core/engines/activation/belongs-to.ts';

test.each<[string, 'any' | 'all' | undefined, string[], string[], boolean]>([
  ['one of the segments is enough', 'any', [], ['a'], true],
  ['which is so when nothing is said', undefined, [], ['b'], true],
  ['no segment is not', 'any', [], ['c'], false],
  ['all are needed', 'all', [], ['a'], false],
  ['all are there', 'all', [], ['a', 'b'], true],
  ['whoever is to be left out is, although they are in', 'any', ['c'], ['a', 'c'], false],
  ['of all segments, too', 'all', ['c', 'd'], ['a', 'b', 'd'], false],
  ['who is only in what is left out was never in', 'any', ['c'], ['c'], false],
])('%s', (_what, combine, excludeSegmentIds, isIn, expected) => {
  expect(belongsTo({ segmentIds: ['a', 'b'], combine, excludeSegmentIds }, new Set(isIn))).toBe(expected);
});
