/** Place by place. */
export const added = (left: readonly number[], right: readonly number[]): number[] =>
  left.map((count, place) => count + (right[place] ?? 0));

/** So many zeros. */
export const zeros = (count: number): number[] => new Array<number>(count).fill(0);
