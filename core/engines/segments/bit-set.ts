/** A set of whole numbers below a size, as bits. */
export type BitSet = Uint32Array;

export const emptyBitSet = (size: number): BitSet => new Uint32Array(Math.ceil(size / 32));

export const addTo = (set: BitSet, member: number): void => {
  set[member >>> 5] = (set[member >>> 5] ?? 0) | (1 << (member & 31));
};

export const isIn = (set: BitSet, member: number): boolean => ((set[member >>> 5] ?? 0) & (1 << (member & 31))) !== 0;

/** How many bits of a word are set. */
const bitsIn = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** How many are in both. */
export const sizeOfBoth = (left: BitSet, right: BitSet): number => {
  let size = 0;
  for (let word = 0; word < left.length; word += 1) size += bitsIn((left[word] ?? 0) & (right[word] ?? 0));
  return size;
};

/** How many are in all of some sets, in any of others, and in none of the last. */
export const sizeOfTerm = ({
  all,
  any,
  none,
}: {
  all: readonly BitSet[];
  any: readonly BitSet[];
  none: readonly BitSet[];
}): number => {
  const words = (all[0] ?? any[0] ?? none[0])?.length ?? 0;
  let size = 0;
  for (let word = 0; word < words; word += 1) {
    let bits = -1;
    for (const set of all) bits &= set[word] ?? 0;
    if (any.length > 0) {
      let some = 0;
      for (const set of any) some |= set[word] ?? 0;
      bits &= some;
    }
    for (const set of none) bits &= ~(set[word] ?? 0);
    size += bitsIn(bits);
  }
  return size;
};
