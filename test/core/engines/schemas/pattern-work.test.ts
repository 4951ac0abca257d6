import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternWork } from '../../../../core/engines/schemas/pattern-work.ts';

test.each([
  ['^abc$', 0],
  ['abc', 8],
  ['^ORD-\\d+$', 8],
  ['^[^@]+@[^@]+\\.[^@]+$', 24],
  ['^[a-z]{1,20}$', 5],
  ['^[a-z]{2,}$', 8],
  ['^\\d{4}-\\d{2}$', 0],
  ['^(web|ios|android)$', 2],
  ['^(-[a-z]+)?$', 9],
  ['^(?:a|b){3}$', 3],
  ['^a?a?a?$', 3],
  ['^a{x$', 0],
  ['^\\p{L}+$', 8],
  ['^[)(]+?$', 8],
])('%s: %i bits', (pattern, bits) => {
  expect(patternWork(pattern)).toBe(bits);
});

test.each(['(a+)+$', '^(a|a)*$', '^(a?){30,}$', '^(\\w)\\1$', '^(?<x>a)\\k<x>$', '^(?=a)b', '^(?<!a)b', '^((a*)b)*$'])(
  '%s may run for ever',
  pattern => {
    expect(patternWork(pattern)).toBe(Number.POSITIVE_INFINITY);
  },
);

const piece = fc.constantFrom(
  'a',
  '[ab]',
  '(a|b)',
  '(a+)',
  '(?:a?b)',
  '\\d',
  '.',
  'a*',
  'a+',
  'a?',
  'b{1,5}',
  '(a*)*',
  '|',
);

test('whatever is allowed is done at once with a text that nearly fits', () =>
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), pieces => {
      const pattern = `^${pieces.join('')}$`;
      fc.pre(patternWork(pattern) <= 26);
      const before = process.cpuUsage();
      new RegExp(pattern, 'u').test(`${'ab'.repeat(127)}!`);
      new RegExp(pattern, 'u').test(`${'a'.repeat(255)}!`);
      expect(process.cpuUsage(before).user / 1e6).toBeLessThan(1);
    }),
    { numRuns: 300 },
  ));
