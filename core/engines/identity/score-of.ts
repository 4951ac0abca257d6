import { type IdentifierEvidence, identifierEvidence } from './identifier-evidence.ts';
import {
  agreesOnDeviceAlone,
  agreesOnHouseholdAlone,
  differInCustomerId,
  type MatchGuard,
  sharedScoreMax,
} from './match-guards.ts';
import type { MatchRecord } from './match-record.ts';
import type { MatchSettings } from './match-settings.ts';
import { chanceOf, householdDiscount, type Weights } from './weights.ts';

/** What the attributes of a pair say, natural logarithms: a person's own, and what a household shares. */
export interface AttributeEvidence {
  own: number;
  shared: number;
}

export interface Scored {
  /** 0 to 100: of so many pairs with this score of a hundred both records are one person's. Rounded down to tenths. */
  score: number;
  guard?: MatchGuard;
  identifiers: readonly IdentifierEvidence[];
}

const inTenths = (chance: number): number => Math.floor(chance * 1000) / 10;

const scored = (
  evidence: readonly IdentifierEvidence[],
  { own, shared }: AttributeEvidence,
  weights: Weights,
): number => {
  const identifiers = evidence.reduce((sum, { contribution }) => sum + contribution, 0);
  return inTenths(
    chanceOf(Math.log(weights.sameOdds) + identifiers + own + shared + householdDiscount(weights, shared)),
  );
};

/** The score of two records from what their attributes say and their identifiers, kept within the guards. */
export const scoreOf = (
  left: MatchRecord,
  right: MatchRecord,
  attributes: AttributeEvidence,
  weights: Weights,
  settings: MatchSettings,
): Scored => {
  const identifiers = identifierEvidence(left, right, settings.identifierWeights, weights.sameOdds);
  const score = scored(identifiers, attributes, weights);
  if (differInCustomerId(left, right)) return { score: 0, guard: 'different customer ids', identifiers };
  if (score <= sharedScoreMax) return { score, identifiers };
  if (agreesOnHouseholdAlone(attributes.own, identifiers))
    return { score: sharedScoreMax, guard: 'shared household alone', identifiers };
  if (!agreesOnDeviceAlone(identifiers)) return { score, identifiers };
  // The device takes nobody above the cap; what the attributes alone reach, within their own guard, holds.
  const alone = agreesOnHouseholdAlone(attributes.own, []) ? 0 : scored([], attributes, weights);
  return { score: Math.max(sharedScoreMax, alone), guard: 'shared device alone', identifiers };
};
