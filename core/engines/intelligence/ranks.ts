/** The rank of each, from 1; equal values share the middle of theirs. */
export const ranksOf = (values: ArrayLike<number>): Float64Array => {
  const order = Uint32Array.from({ length: values.length }, (_, place) => place).sort(
    (left, right) => (values[left] ?? 0) - (values[right] ?? 0) || left - right,
  );
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    const value = values[order[first] ?? 0];
    let end = first + 1;
    while (end < order.length && values[order[end] ?? 0] === value) end += 1;
    for (let place = first; place < end; place += 1) ranks[order[place] ?? 0] = (first + end + 1) / 2;
    first = end;
  }
  return ranks;
};

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let place = 0; place < values.length; place += 1) sum += values[place] ?? 0;
  return sum / values.length;
};

interface Spreads {
  both: number;
  left: number;
  right: number;
}

const spreadsOf = (left: ArrayLike<number>, right: ArrayLike<number>): Spreads => {
  const [leftMean, rightMean] = [meanOf(left), meanOf(right)];
  const sums = { both: 0, left: 0, right: 0 };
  for (let place = 0; place < left.length; place += 1) {
    const [one, other] = [(left[place] ?? 0) - leftMean, (right[place] ?? 0) - rightMean];
    sums.both += one * other;
    sums.left += one * one;
    sums.right += other * other;
  }
  return sums;
};

/** Spearman's ρ: how far two orders agree, −1 to 1; 0 where one of them tells nothing. */
export const spearman = (left: ArrayLike<number>, right: ArrayLike<number>): number => {
  const spreads = spreadsOf(ranksOf(left), ranksOf(right));
  return spreads.left === 0 || spreads.right === 0 ? 0 : spreads.both / Math.sqrt(spreads.left * spreads.right);
};

/**
 * The same, of what is expected if those whom `scores` puts level are ordered by lot: to put people level must not
 * count for more than to order them.
 */
export const spearmanByLot = (scores: ArrayLike<number>, truth: ArrayLike<number>): number => {
  const spreads = spreadsOf(ranksOf(scores), ranksOf(truth));
  const count = scores.length;
  const untied = (count * (count ** 2 - 1)) / 12;
  return spreads.right === 0 ? 0 : spreads.both / Math.sqrt(untied * spreads.right);
};

/** How likely somebody of whom it is true is ranked above somebody of whom it is not; ½ is chance. */
export const areaUnderCurve = (scores: ArrayLike<number>, isTrue: ArrayLike<number>): number => {
  const ranks = ranksOf(scores);
  let [positives, sum] = [0, 0];
  for (let place = 0; place < ranks.length; place += 1) {
    if ((isTrue[place] ?? 0) <= 0) continue;
    positives += 1;
    sum += ranks[place] ?? 0;
  }
  const negatives = ranks.length - positives;
  return positives === 0 || negatives === 0 ? 0.5 : (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
};

/** By how much the truth rises where what was expected rises by one: 1 is right, less is too sure. */
export const slopeOf = (expected: ArrayLike<number>, truth: ArrayLike<number>): number => {
  const spreads = spreadsOf(expected, truth);
  return spreads.left === 0 ? 0 : spreads.both / spreads.left;
};
