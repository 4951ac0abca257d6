import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { expect, test } from 'vitest';
import { oneEditApart } from '../../../../core/engines/identity/one-edit-apart.ts';

test.each([
  ['smith', 'smtih', true],
  ['smith', 'smiths', true],
  ['smith', 'mith', true],
  ['smith', 'smyth', true],
  ['smith', 'smith', false],
  ['smith', 'hsmit', false],
  ['ab', 'ba', true],
  ['', 'a', true],
  ['', 'ab', false],
])('%s and %s are one edit apart: %s', (left, right, expected) => {
  expect(oneEditApart(left, right)).toBe(expected);
});

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

test('it is the distance of Levenshtein being one, or two neighbours changed about', () =>
  fc.assert(
    fc.property(word, word, (left, right) => {
      const swapped = [...left].some(
        (_, at) =>
          left.slice(0, at) +
            left
              .slice(at, at + 2)
              .split('')
              .reverse()
              .join('') +
            left.slice(at + 2) ===
          right,
      );
      expect(oneEditApart(left, right)).toBe(distance(left, right) === 1 || (left !== right && swapped));
    }),
  ));
