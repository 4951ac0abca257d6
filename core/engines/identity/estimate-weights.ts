import type { AgreementPatterns } from './agreement-patterns.ts';
import type { Comparison } from './comparison.ts';
import { chanceOf, householdDiscount, type LevelChances, patternWeight, type Weights } from './weights.ts';

const roundsMax = 200;
/** The odds have settled when a round moves them by less than this share. */
const settledAt = 1e-4;
/** As if so many pairs of one person had been seen to agree just as strangers do: what is hardly seen tells little. */
const neutralPairs = 5;
/** Of random pairs at a level no more than this is taken for pairs of one person. */
const sameShareMax = 0.95;

/** Makes the known levels sum to 1. */
const normalised = (rates: readonly number[]): number[] => {
  const sum = rates.reduce((all, rate, level) => (level === 0 ? all : all + rate), 0);
  return rates.map((rate, level) => (level === 0 || sum === 0 ? 0 : rate / sum));
};

/** How many pairs of each pattern are of one person, and how many of one household. */
interface Expected {
  same: Float64Array;
  households: number;
}

/** E: takes the weights for true and asks of every pair what it is. */
const expected = (comparisons: readonly Comparison[], table: AgreementPatterns, weights: Weights): Expected => {
  const sums = table.patterns.map(levels => patternWeight(comparisons, weights, levels));
  const own = Float64Array.from(sums, sum => sum.own + Math.log(weights.sameOdds));
  const shared = Float64Array.from(sums, sum => sum.shared);
  const same = new Float64Array(table.patterns.length);
  let households = 0;
  for (let pair = 0; pair < table.patternOf.length; pair += 1) {
    const pattern = table.patternOf[pair] ?? 0;
    const inCommon = (shared[pattern] ?? 0) + (table.sharedRarityOf[pair] ?? 0);
    const discount = householdDiscount(weights, inCommon);
    const chance = chanceOf((own[pattern] ?? 0) + (table.ownRarityOf[pair] ?? 0) + inCommon + discount);
    same[pattern] = (same[pattern] ?? 0) + chance;
    households += (1 - chance) * (1 - Math.exp(discount));
  }
  return { same, households };
};

/** M: the levels that pairs of one person reach, and what is left of random pairs when those are taken out. */
const chancesFrom = (
  table: AgreementPatterns,
  same: Float64Array,
  random: readonly (readonly number[])[],
  prior: number,
): LevelChances[] =>
  random.map((rates, index) => {
    const counts = rates.map(rate => rate * neutralPairs);
    for (const [pattern, levels] of table.patterns.entries()) {
      const level = levels[index] ?? 0;
      counts[level] = (counts[level] ?? 0) + (same[pattern] ?? 0);
    }
    const reached = normalised(counts);
    const left = rates.map((rate, level) => rate - Math.min(prior * (reached[level] ?? 0), sameShareMax * rate));
    return { same: reached, different: normalised(left) };
  });

/** Before anything is seen: a person has two records, few share a household, and a rare agreement tells the more. */
const firstWeights = (random: readonly (readonly number[])[], recordCount: number): Weights => ({
  sameOdds: 1 / recordCount,
  householdOdds: 0.1 / recordCount,
  chances: random.map(rates => ({ same: normalised(rates.map(() => 1)), different: normalised(rates) })),
});

/**
 * Learns the weights from the data alone, without being told of any pair whether it is one person: expectation and
 * maximisation over agreement patterns. Formulas: Fellegi & Sunter, "A Theory for Record Linkage", JASA 64, 1969;
 * Winkler, "Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model of Record Linkage", 1988. The
 * chances of strangers come from pairs taken at random; pairs that no block holds count as strangers; people of one
 * household agree on what households share as one person does, and on all else as strangers do.
 *
 * @param random by comparison and level, the share of random pairs, none of them 0
 */
export const estimateWeights = (
  comparisons: readonly Comparison[],
  table: AgreementPatterns,
  random: readonly (readonly number[])[],
  recordCount: number,
): Weights => {
  const pairsOfAll = (recordCount * (recordCount - 1)) / 2;
  let weights = firstWeights(random, recordCount);
  for (let [round, moved] = [0, 1]; round < roundsMax && moved > settledAt; round += 1) {
    const { same, households } = expected(comparisons, table, weights);
    const matches = Math.max(
      same.reduce((sum, count) => sum + count, 0),
      0.5,
    );
    const strangers = Math.max(pairsOfAll - matches - households, 1);
    const next = {
      sameOdds: matches / strangers,
      householdOdds: Math.max(households, 0.5) / strangers,
      chances: chancesFrom(table, same, random, matches / pairsOfAll),
    };
    moved =
      Math.abs(Math.log(next.sameOdds / weights.sameOdds)) +
      Math.abs(Math.log(next.householdOdds / weights.householdOdds));
    weights = next;
  }
  return weights;
};
