import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addTo,
  type BitSet,
  emptyBitSet,
  isIn,
  sizeOfBoth,
  sizeOfTerm,
} from '../../../../core/engines/segments/bit-set.ts';
import { addOverlap, intersectionsOf, noOverlap } from '../../../../core/engines/segments/overlap.ts';

const members = fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { maxLength: 120 });
const bits = (list: readonly number[]): BitSet => {
  const set = emptyBitSet(200);
  for (const one of list) addTo(set, one);
  return set;
};

test('bits tell of sets what sets tell', () =>
  fc.assert(
    fc.property(members, members, members, (one, other, third) => {
      const both = one.filter(member => other.includes(member));
      expect(sizeOfBoth(bits(one), bits(other))).toBe(both.length);
      const term = { all: [bits(one)], any: [bits(other), bits(third)], none: [bits(third)] };
      expect(sizeOfTerm(term)).toBe(both.filter(member => !third.includes(member)).length);
      expect(one.every(member => isIn(bits(one), member))).toBe(true);
    }),
  ));

test('how sets overlap does not depend on how everybody is divided, and is what naming everybody gives', () =>
  fc.assert(
    fc.property(fc.array(members, { minLength: 2, maxLength: 5 }), fc.integer({ min: 1, max: 7 }), (sets, parts) => {
      const overlap = noOverlap(sets.length);
      for (let part = 0; part < parts; part += 1)
        addOverlap(
          overlap,
          sets.map(set => set.filter(member => member % parts === part).map(String)),
        );
      const inAll = (places: readonly number[]) =>
        (sets[places[0] ?? 0] ?? []).filter(member => places.every(place => sets[place]?.includes(member)));
      for (const [row, counts] of overlap.matrix.entries())
        for (const [column, count] of counts.entries()) expect(count).toBe(inAll([row, column]).length);
      for (const { sets: places, count, only } of intersectionsOf(overlap)) {
        const within = inAll(places);
        expect(count).toBe(within.length);
        const others = [...sets.keys()].filter(place => !places.includes(place));
        expect(only).toBe(within.filter(member => !others.some(place => sets[place]?.includes(member))).length);
      }
    }),
  ));
