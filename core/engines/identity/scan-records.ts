import type { AgreementPatterns } from './agreement-patterns.ts';
import { type CandidatePairs, candidatePairs } from './candidate-pairs.ts';
import { learnModel, type MatchModel } from './match-model.ts';
import type { MatchRecord } from './match-record.ts';
import type { MatchSettings } from './match-settings.ts';
import type { AttributeKinds } from './normal-forms.ts';
import { scoreOf } from './score-of.ts';
import { patternWeight } from './weights.ts';

/** Every pair worth comparing with its score, and what was learnt on the way. */
export interface Scan {
  pairs: CandidatePairs;
  /** 0 to 100, by pair. */
  scores: Float32Array;
  model: MatchModel;
  table: AgreementPatterns;
}

const nobody: MatchRecord = { attributes: {}, identifiers: {} };

/** Compares all records with each other: blocks them, learns the weights and scores the pairs. */
export const scanRecords = (records: readonly MatchRecord[], kinds: AttributeKinds, settings: MatchSettings): Scan => {
  const pairs = candidatePairs(records, kinds);
  const { model, table } = learnModel(records, kinds, pairs);
  const sums = table.patterns.map(levels => patternWeight(model.comparisons, model.weights, levels));
  const scores = new Float32Array(pairs.left.length);
  for (let pair = 0; pair < scores.length; pair += 1) {
    const { own, shared } = sums[table.patternOf[pair] ?? 0] ?? { own: 0, shared: 0 };
    const attributes = {
      own: own + (table.ownRarityOf[pair] ?? 0),
      shared: shared + (table.sharedRarityOf[pair] ?? 0),
    };
    const [left, right] = [records[pairs.left[pair] ?? 0] ?? nobody, records[pairs.right[pair] ?? 0] ?? nobody];
    scores[pair] = scoreOf(left, right, attributes, model.weights, settings).score;
  }
  return { pairs, scores, model, table };
};
