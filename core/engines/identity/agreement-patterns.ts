import type { CandidatePairs } from './candidate-pairs.ts';
import type { Comparison, Normalised } from './comparison.ts';
import type { MatchRecord } from './match-record.ts';
import { rarity, type Terms } from './term-counts.ts';

/** The levels that each pair reaches, as an index into the patterns that occur at all. */
export interface AgreementPatterns {
  /** Levels by comparison. */
  patterns: readonly Uint8Array[];
  /** By pair. */
  patternOf: Uint32Array;
  /** By pair, how much the rarity of common values adds, natural logarithm: of what is a person's own … */
  ownRarityOf: Float32Array;
  /** … and of what people of one household have in common. */
  sharedRarityOf: Float32Array;
}

/** How much the rarity of what both have in common adds at the level that they reach. */
export const rarityAt = (
  comparison: Comparison,
  level: number,
  left: Normalised,
  right: Normalised,
  terms: Terms,
): number => {
  const attribute = comparison.termAttributes[level];
  const counts = attribute === undefined ? undefined : terms.get(attribute);
  return counts === undefined ? 0 : rarity(counts, comparison.termOf(left, right, level));
};

/** Gives the patterns their numbers, in the order in which they occur. */
class PatternNumbers {
  readonly patterns: Uint8Array[] = [];
  private readonly known = new Map<number, number>();

  numberOf(code: number, levels: Uint8Array): number {
    const known = this.known.get(code);
    if (known !== undefined) return known;
    this.known.set(code, this.patterns.length);
    return this.patterns.push(levels.slice()) - 1;
  }
}

/** Compares the two records of every pair. */
export const agreementPatterns = (
  comparisons: readonly Comparison[],
  records: readonly MatchRecord[],
  pairs: Pick<CandidatePairs, 'left' | 'right'>,
  terms: Terms,
): AgreementPatterns => {
  const numbers = new PatternNumbers();
  const count = pairs.left.length;
  const [patternOf, ownRarityOf, sharedRarityOf] = [
    new Uint32Array(count),
    new Float32Array(count),
    new Float32Array(count),
  ];
  const levels = new Uint8Array(comparisons.length);
  for (let pair = 0; pair < count; pair += 1) {
    const left = records[pairs.left[pair] ?? 0]?.attributes ?? {};
    const right = records[pairs.right[pair] ?? 0]?.attributes ?? {};
    let [code, own, shared] = [0, 0, 0];
    for (let index = 0; index < comparisons.length; index += 1) {
      const comparison = comparisons[index];
      if (comparison === undefined) continue;
      const level = comparison.levelOf(left, right);
      levels[index] = level;
      code = code * comparison.levels.length + level;
      if (comparison.termAttributes[level] === undefined) continue;
      const rare = rarityAt(comparison, level, left, right, terms);
      if (comparison.ofHousehold) shared += rare;
      else own += rare;
    }
    patternOf[pair] = numbers.numberOf(code, levels);
    ownRarityOf[pair] = own;
    sharedRarityOf[pair] = shared;
  }
  return { patterns: numbers.patterns, patternOf, ownRarityOf, sharedRarityOf };
};
