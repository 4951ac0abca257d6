import { rarityAt } from '../../../core/engines/identity/agreement-patterns.ts';
import type { MatchRecord } from '../../../core/engines/identity/match-record.ts';
import type { Scan } from '../../../core/engines/identity/scan-records.ts';

/** More pairs than this teach nothing new; they are taken evenly. */
const pairsTaught = 500_000;
const [roundsMax, ridge, stepMax] = [15, 0.01, 3];

/** The places in a row of features that are not 0, with their values. */
interface Features {
  places: number[];
  values: number[];
}

/** What the engine sees of a pair: each comparison's level, and the rarity of what is common. */
const featuresOf = (scan: Scan, records: readonly MatchRecord[]) => {
  const { comparisons, terms } = scan.model;
  let width = 1;
  const starts = comparisons.map(({ levels }) => {
    const start = width;
    width += levels.length + 1;
    return start;
  });
  const of = (pair: number): Features => {
    const left = records[scan.pairs.left[pair] ?? 0]?.attributes ?? {};
    const right = records[scan.pairs.right[pair] ?? 0]?.attributes ?? {};
    const levels = scan.table.patterns[scan.table.patternOf[pair] ?? 0] ?? [];
    const features: Features = { places: [0], values: [1] };
    for (const [index, comparison] of comparisons.entries()) {
      const [start, level] = [starts[index] ?? 0, levels[index] ?? 0];
      features.places.push(start + level, start + comparison.levels.length);
      features.values.push(1, rarityAt(comparison, level, left, right, terms));
    }
    return features;
  };
  return { width, of };
};

const chance = ({ places, values }: Features, weights: Float64Array): number => {
  const sum = places.reduce((all, place, index) => all + (weights[place] ?? 0) * (values[index] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
};

/** Solves a symmetric, positive system in place; the last column of each row is the right side. */
const solved = (rows: Float64Array[]): number[] => {
  for (const [pivot, row] of rows.entries())
    for (const [other, target] of rows.entries()) {
      const factor = (target[pivot] ?? 0) / (row[pivot] ?? 1);
      if (other === pivot || factor === 0) continue;
      for (let place = pivot; place < row.length; place += 1)
        target[place] = (target[place] ?? 0) - factor * (row[place] ?? 0);
    }
  return rows.map((row, index) => (row[rows.length] ?? 0) / (row[index] ?? 1));
};

/** One step of Newton's method: the weights move by what the errors ask for. */
const step = (taught: readonly { features: Features; isMatch: number }[], weights: Float64Array): number => {
  const rows = Array.from(weights, (weight, index) => {
    const row = new Float64Array(weights.length + 1);
    row[index] = ridge;
    row[weights.length] = -ridge * weight;
    return row;
  });
  for (const { features, isMatch } of taught) {
    const said = chance(features, weights);
    for (const [index, place] of features.places.entries()) {
      const row = rows[place];
      const value = features.values[index] ?? 0;
      if (row === undefined || value === 0) continue;
      row[weights.length] = (row[weights.length] ?? 0) + (isMatch - said) * value;
      for (const [other, target] of features.places.entries())
        row[target] = (row[target] ?? 0) + said * (1 - said) * value * (features.values[other] ?? 0);
    }
  }
  const moves = solved(rows).map(move => Math.max(-stepMax, Math.min(stepMax, move)));
  for (const [index, move] of moves.entries()) weights[index] = (weights[index] ?? 0) + move;
  return Math.max(...moves.map(Math.abs));
};

/**
 * Scores of the same pairs by the same features with weights fitted on the truth (logistic regression by Newton's
 * method): what could be had of these features if every answer were known.
 */
export const fittedScores = (
  scan: Scan,
  records: readonly MatchRecord[],
  isMatch: ArrayLike<number>,
  pairsTaughtMax = pairsTaught,
): Float32Array => {
  const features = featuresOf(scan, records);
  const stride = Math.max(1, Math.ceil(isMatch.length / pairsTaughtMax));
  const taught = Array.from({ length: Math.floor(isMatch.length / stride) }, (_, index) => ({
    features: features.of(index * stride),
    isMatch: isMatch[index * stride] ?? 0,
  }));
  const weights = new Float64Array(features.width);
  for (let round = 0; round < roundsMax && step(taught, weights) > 1e-3; round += 1);
  return Float32Array.from(isMatch, (_, pair) => 100 * chance(features.of(pair), weights));
};
