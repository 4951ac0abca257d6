import { type AgreementPatterns, agreementPatterns } from './agreement-patterns.ts';
import type { CandidatePairs } from './candidate-pairs.ts';
import type { Comparison } from './comparison.ts';
import { comparisonsOf } from './comparisons-of.ts';
import { estimateWeights } from './estimate-weights.ts';
import type { MatchRecord } from './match-record.ts';
import type { AttributeKinds } from './normal-forms.ts';
import { randomPairs } from './random-pairs.ts';
import { type Terms, termCountsOf } from './term-counts.ts';
import type { Weights } from './weights.ts';

/** What two records are judged by: all of it learnt from the records themselves. */
export interface MatchModel {
  comparisons: readonly Comparison[];
  terms: Terms;
  weights: Weights;
}

const randomPairsMax = 500_000;

/** By comparison and level, the share of random pairs that reach it; what none reached counts as half a pair. */
const randomShares = (
  comparisons: readonly Comparison[],
  records: readonly MatchRecord[],
  terms: Terms,
): readonly (readonly number[])[] => {
  const count = Math.min(randomPairsMax, records.length * (records.length - 1));
  const { patterns, patternOf } = agreementPatterns(comparisons, records, randomPairs(records.length, count), terms);
  const pairs = new Float64Array(patterns.length);
  for (const pattern of patternOf) pairs[pattern] = (pairs[pattern] ?? 0) + 1;
  return comparisons.map(({ levels }, index) => {
    const shares = levels.map(() => 0.5 / count);
    for (const [pattern, reached] of patterns.entries()) {
      const level = reached[index] ?? 0;
      shares[level] = (shares[level] ?? 0) + (pairs[pattern] ?? 0) / count;
    }
    return shares;
  });
};

/** Learns from records and the pairs of them that are worth comparing; also gives how these pairs agree. */
export const learnModel = (
  records: readonly MatchRecord[],
  kinds: AttributeKinds,
  pairs: CandidatePairs,
): { model: MatchModel; table: AgreementPatterns } => {
  const comparisons = comparisonsOf(kinds);
  const attributes = new Set(comparisons.flatMap(({ termAttributes }) => termAttributes));
  const terms: Terms = new Map(
    [...attributes].flatMap(name => (name === undefined ? [] : [[name, termCountsOf(records, name)] as const])),
  );
  const table = agreementPatterns(comparisons, records, pairs, terms);
  const weights = estimateWeights(comparisons, table, randomShares(comparisons, records, terms), records.length);
  return { model: { comparisons, terms, weights }, table };
};
