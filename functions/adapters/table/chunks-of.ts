/** Cuts a list into pieces of at most `size`, in order. */
export const chunksOf = <Element>(list: Element[], size: number): Element[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
