import { rarityAt } from './agreement-patterns.ts';
import type { MatchGuard } from './match-guards.ts';
import type { MatchModel } from './match-model.ts';
import type { MatchRecord } from './match-record.ts';
import { bandOf, type MatchBand, type MatchSettings } from './match-settings.ts';
import { scoreOf } from './score-of.ts';
import { householdDiscount, levelWeight } from './weights.ts';

/** What one thing added to the odds, in bits: 1 doubles them, -1 halves them. */
export interface Contribution {
  kind: 'prior' | 'identifier' | 'attribute' | 'household';
  field: string;
  /** The degree of agreement. */
  level: string;
  /** In normal form, by attribute. */
  left: Readonly<Record<string, string>>;
  right: Readonly<Record<string, string>>;
  /** What the level tells of itself. */
  weightBits: number;
  /** What the rarity of the common value adds. */
  rarityBits: number;
  /** Both together. */
  contributionBits: number;
}

export interface MatchDecision {
  score: number;
  band: MatchBand;
  guard?: MatchGuard;
  /** Their sum is the binary logarithm of the odds, before a guard. */
  contributions: readonly Contribution[];
}

const bits = (natural: number): number => natural / Math.LN2;

const nothing = { left: {}, right: {}, rarityBits: 0 };

const contribution = (kind: Contribution['kind'], field: string, level: string, natural: number): Contribution => ({
  ...nothing,
  kind,
  field,
  level,
  weightBits: bits(natural),
  contributionBits: bits(natural),
});

const seen = (record: MatchRecord, attributes: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    attributes.flatMap(name => {
      const value = record.attributes[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** What each comparison says of two records. */
const ofAttributes = (left: MatchRecord, right: MatchRecord, { comparisons, terms, weights }: MatchModel) =>
  comparisons.map((comparison, index) => {
    const level = comparison.levelOf(left.attributes, right.attributes);
    const chances = weights.chances[index];
    const weight = chances === undefined ? 0 : levelWeight(chances, level);
    const rare = rarityAt(comparison, level, left.attributes, right.attributes, terms);
    const said: Contribution = {
      kind: 'attribute',
      field: comparison.name,
      level: comparison.levels[level] ?? '',
      left: seen(left, comparison.attributes),
      right: seen(right, comparison.attributes),
      weightBits: bits(weight),
      rarityBits: bits(rare),
      contributionBits: bits(weight + rare),
    };
    return { said, natural: weight + rare, ofHousehold: comparison.ofHousehold };
  });

/** Are two records one person's? The decision with everything that spoke for and against it. */
export const decideMatch = (
  left: MatchRecord,
  right: MatchRecord,
  model: MatchModel,
  settings: MatchSettings,
): MatchDecision => {
  const { weights } = model;
  const compared = ofAttributes(left, right, model);
  const sumOf = (ofHousehold: boolean): number =>
    compared.reduce((sum, one) => (one.ofHousehold === ofHousehold ? sum + one.natural : sum), 0);
  const evidence = { own: sumOf(false), shared: sumOf(true) };
  const { score, guard, identifiers } = scoreOf(left, right, evidence, weights, settings);
  return {
    score,
    band: bandOf(score, settings),
    ...(guard === undefined ? {} : { guard }),
    contributions: [
      contribution('prior', 'any two records', 'before looking', Math.log(weights.sameOdds)),
      ...identifiers.map(one =>
        contribution('identifier', one.type, one.agrees ? 'agrees' : 'differs', one.contribution),
      ),
      ...compared.map(({ said }) => said),
      contribution(
        'household',
        'others of the household',
        'agree on it too',
        householdDiscount(weights, evidence.shared),
      ),
    ],
  };
};
