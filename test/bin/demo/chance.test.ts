import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceOf } from '../../../bin/demo/chance.ts';

const draws = (...name: (string | number)[]) => {
  const chance = chanceOf(...name);
  return Array.from({ length: 20 }, () => chance.below(1_000_000));
};

test('the same name gives the same draws, another name others', () => {
  expect(draws(1, 'visits', 17)).toEqual(draws(1, 'visits', 17));
  expect(draws(1, 'visits', 17)).not.toEqual(draws(1, 'visits', 18));
  expect(draws(1, 'visits', 17)).not.toEqual(draws(2, 'visits', 17));
});

test('draws stay within their bounds', () =>
  fc.assert(
    fc.property(fc.nat(), fc.nat(1000), fc.nat(1000), (seed, least, span) => {
      const drawn = chanceOf(seed).between(least, least + span);
      expect(drawn).toBeGreaterThanOrEqual(least);
      expect(drawn).toBeLessThanOrEqual(least + span);
    }),
  ));

test('a probability is met in the long run', () => {
  const chance = chanceOf('long run');
  const hits = Array.from({ length: 10_000 }, () => chance.happens(0.3)).filter(Boolean).length;
  expect(hits / 10_000).toBeCloseTo(0.3, 1);
});

test('shuffling keeps everything, in another order', () => {
  const values = Array.from({ length: 50 }, (_, index) => index);
  const shuffled = chanceOf('cards').shuffled(values);
  expect(shuffled).not.toEqual(values);
  expect(shuffled.toSorted((left, right) => left - right)).toEqual(values);
});
