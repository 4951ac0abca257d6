/** How well pairs were found: shares from 0 to 1. */
export interface PairQuality {
  precision: number;
  recall: number;
  f1: number;
}

const pairsIn = (size: number): number => (size * (size - 1)) / 2;

/** How many pairs there are within groups. */
export const pairsWithin = (groups: readonly unknown[]): number => {
  const sizes = new Map<unknown, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + pairsIn(size), 0);
};

/** From how many pairs were found, how many of these are right, and how many there are. */
export const qualityOf = (found: number, right: number, all: number): PairQuality => {
  const [precision, recall] = [found === 0 ? 1 : right / found, all === 0 ? 1 : right / all];
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
};

/** Of pairs that reach a score. */
export const directQuality = (
  scores: ArrayLike<number>,
  isMatch: ArrayLike<number>,
  scoreMin: number,
  all: number,
): PairQuality => {
  let [found, right] = [0, 0];
  for (let pair = 0; pair < scores.length; pair += 1) {
    if ((scores[pair] ?? 0) < scoreMin) continue;
    found += 1;
    right += isMatch[pair] ?? 0;
  }
  return qualityOf(found, right, all);
};

/** Of all pairs that are in one cluster. */
export const clusteredQuality = (clusterOf: ArrayLike<number>, truth: readonly string[]): PairQuality => {
  const clusters = Array.from(clusterOf);
  const right = pairsWithin(clusters.map((cluster, record) => `${cluster} ${truth[record]}`));
  return qualityOf(pairsWithin(clusters), right, pairsWithin(truth));
};
