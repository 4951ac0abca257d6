import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jaroWinkler } from '../../../../core/engines/identity/jaro-winkler.ts';

test.each([
  ['martha', 'marhta', 0.961],
  ['dixon', 'dicksonx', 0.813],
  ['dwayne', 'duane', 0.84],
  ['jones', 'johnson', 0.832],
  ['abc', 'xyz', 0],
  ['', 'a', 0],
  ['same', 'same', 1],
])('%s and %s are %d alike, as published', (left, right, expected) => {
  expect(jaroWinkler(left, right)).toBeCloseTo(expected, 3);
});

test('likeness is between 0 and 1', () =>
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      const alike = jaroWinkler(left, right);
      return alike >= 0 && alike <= 1;
    }),
  ));
