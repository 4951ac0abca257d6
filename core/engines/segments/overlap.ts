import { addTo, type BitSet, emptyBitSet, isIn, sizeOfBoth } from './bit-set.ts';

/** How some sets of people overlap, as far as parts of everybody were added up. */
export interface Overlap {
  /** How many are in both of each two; on the diagonal in each. */
  matrix: number[][];
  /** How many are in exactly these sets, by a number in which each has its bit. */
  regions: Map<number, number>;
}

export const noOverlap = (sets: number): Overlap => ({
  matrix: Array.from({ length: sets }, () => new Array<number>(sets).fill(0)),
  regions: new Map(),
});

/** Adds a part of everybody: the ids of each set in it. Nobody may be in two parts. */
export const addOverlap = ({ matrix, regions }: Overlap, lists: readonly (readonly string[])[]): void => {
  const places = new Map<string, number>();
  for (const ids of lists) for (const id of ids) if (!places.has(id)) places.set(id, places.size);
  const sets = lists.map(ids => asBits(ids, places));
  for (const [row, counts] of matrix.entries())
    for (const column of counts.keys())
      counts[column] = (counts[column] ?? 0) + sizeOfBoth(sets[row] ?? emptyBitSet(0), sets[column] ?? emptyBitSet(0));
  for (let place = 0; place < places.size; place += 1) {
    const region = sets.reduce((bits, set, index) => (isIn(set, place) ? bits | (1 << index) : bits), 0);
    regions.set(region, (regions.get(region) ?? 0) + 1);
  }
};

const asBits = (ids: readonly string[], places: ReadonlyMap<string, number>): BitSet => {
  const set = emptyBitSet(places.size);
  for (const id of ids) addTo(set, places.get(id) ?? 0);
  return set;
};

/** One combination of two sets or more. */
export interface Intersection {
  /** Places of the sets. */
  sets: number[];
  /** In all of them. */
  count: number;
  /** In them and in no other. */
  only: number;
}

/** The combinations that anybody is in exactly, those with the most people first. */
export const intersectionsOf = ({ matrix, regions }: Overlap): Intersection[] =>
  [...regions]
    .map(([region, only]) => {
      const sets = [...matrix.keys()].filter(place => (region & (1 << place)) !== 0);
      const within = [...regions].filter(([other]) => (other & region) === region);
      return { sets, only, count: within.reduce((sum, [, people]) => sum + people, 0) };
    })
    .filter(({ sets }) => sets.length > 1)
    .sort((left, right) => right.count - left.count || left.sets.length - right.sets.length);
