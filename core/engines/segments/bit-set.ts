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

/** What sets are put together by: in all of some, in any of others, and in none of the last. */
export interface Term {
  all: readonly BitSet[];
  any: readonly BitSet[];
  none: readonly BitSet[];
}

/** So many words are put together at a time: they stay close to the processor. */
const blockWords = 2048;

/** How many a term holds of. */
export const sizeOfTerm = ({ all, any, none }: Term): number => {
  const words = (all[0] ?? any[0] ?? none[0])?.length ?? 0;
  const [held, some] = [new Int32Array(blockWords), new Int32Array(blockWords)];
  let size = 0;
  for (let start = 0; start < words; start += blockWords) {
    const end = Math.min(blockWords, words - start);
    held.fill(-1);
    for (const set of all) keepIn(held, set, start, end);
    if (any.length > 0) {
      some.fill(0);
      for (const set of any) putIn(some, set, start, end);
      keepIn(held, some, 0, end);
    }
    for (const set of none) takeOut(held, set, start, end);
    for (let word = 0; word < end; word += 1) size += bitsIn(held[word] ?? 0);
  }
  return size;
};

type Words = BitSet | Int32Array;

const keepIn = (held: Int32Array, set: Words, start: number, end: number): void => {
  for (let word = 0; word < end; word += 1) held[word] = (held[word] ?? 0) & (set[start + word] ?? 0);
};

const putIn = (some: Int32Array, set: Words, start: number, end: number): void => {
  for (let word = 0; word < end; word += 1) some[word] = (some[word] ?? 0) | (set[start + word] ?? 0);
};

const takeOut = (held: Int32Array, set: Words, start: number, end: number): void => {
  for (let word = 0; word < end; word += 1) held[word] = (held[word] ?? 0) & ~(set[start + word] ?? 0);
};
