/** The number at a place (from 0) if the numbers were in order; their order is changed. */
export const nthOf = (numbers: Uint32Array, place: number): number => {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const pivot = numbers[(low + high) >> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((numbers[left] ?? 0) < pivot) left += 1;
      while ((numbers[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const swapped = numbers[left] ?? 0;
      numbers[left] = numbers[right] ?? 0;
      numbers[right] = swapped;
      left += 1;
      right -= 1;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return numbers[place] ?? 0;
};

/** Median and mean of numbers in pieces; absent where there are none. Of an even count the mean of the middle two. */
export const middleOf = (pieces: readonly Uint32Array[]): { median: number; mean: number } | undefined => {
  const count = pieces.reduce((all, piece) => all + piece.length, 0);
  if (count === 0) return undefined;
  const numbers = new Uint32Array(count);
  let [end, sum] = [0, 0];
  for (const piece of pieces) {
    numbers.set(piece, end);
    end += piece.length;
    for (const number of piece) sum += number;
  }
  const upper = nthOf(numbers, count >> 1);
  const median = count % 2 === 1 ? upper : (upper + nthOf(numbers, (count >> 1) - 1)) / 2;
  return { median, mean: sum / count };
};
