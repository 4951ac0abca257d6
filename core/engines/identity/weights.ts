import type { Comparison } from './comparison.ts';

/** What is learnt of one comparison, by level; the level `missing` counts nowhere. */
export interface LevelChances {
  /** P(level | the same person), m in the literature. */
  same: readonly number[];
  /** P(level | different people), u. */
  different: readonly number[];
}

/** What is known of a population of records before two of them are looked at. Plain data, to be kept. */
export interface Weights {
  /** How many pairs of one person there are for a pair of strangers. */
  sameOdds: number;
  /** How many pairs of different people of one household there are for a pair of strangers. */
  householdOdds: number;
  /** By comparison. */
  chances: readonly LevelChances[];
}

/** The evidence of one level, natural logarithm of m/u. What is missing tells nothing. */
export const levelWeight = ({ same, different }: LevelChances, level: number): number =>
  level === 0 ? 0 : Math.log((same[level] ?? 1) / (different[level] ?? 1));

/** Sums the evidence of a pattern of levels, what is a person's own apart from what a household shares. */
export const patternWeight = (
  comparisons: readonly Comparison[],
  weights: Weights,
  levels: ArrayLike<number>,
): { own: number; shared: number } => {
  let [own, shared] = [0, 0];
  for (const [index, comparison] of comparisons.entries()) {
    const chances = weights.chances[index];
    const weight = chances === undefined ? 0 : levelWeight(chances, levels[index] ?? 0);
    if (comparison.ofHousehold) shared += weight;
    else own += weight;
  }
  return { own, shared };
};

/**
 * What a family name and an address in common take away again, for a household has them too: the logarithm of how much
 * likelier strangers and households together explain them than strangers alone.
 */
export const householdDiscount = (weights: Weights, shared: number): number =>
  -Math.log1p(weights.householdOdds * Math.exp(shared));

/** The chance that belongs to the natural logarithm of odds. */
export const chanceOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
