/**
 * Divides a whole number by weights, so that the shares are whole numbers and come to exactly the total: each is rounded
 * down, and what is left goes, one by one, to those that lost most; of equals to the first.
 *
 * @example splitWhole(100, [1, 1, 1]) // [34, 33, 33]
 */
export const splitWhole = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map((_, place) => (place === 0 ? total : 0));
  /** By rests, which are exact where weights are whole: equal ones stay equal. */
  const rests = weights.map(weight => (total * weight) % sum);
  const shares = weights.map((weight, place) => Math.round((total * weight - (rests[place] ?? 0)) / sum));
  const left = total - shares.reduce((all, share) => all + share, 0);
  const lost = rests.map((by, place) => ({ place, by }));
  lost.sort((one, other) => other.by - one.by || one.place - other.place);
  for (const { place } of lost.slice(0, Math.max(0, left))) shares[place] = (shares[place] ?? 0) + 1;
  /** Of fractions that are not quite exact, too much may have been given. */
  for (const { place } of left < 0 ? lost.slice(left) : []) shares[place] = (shares[place] ?? 0) - 1;
  return shares;
};
