import type { MatchRecord } from './match-record.ts';

/** Identifiers that all agree, with nothing else known, are one person so often. */
const agreedChance = 0.99;
/** Identifiers that all differ make one person so many times less likely: people have several of each. */
const differingFactor = 4;

const agreedLogOdds = Math.log(agreedChance / (1 - agreedChance));

/** What one type of identifier says that both records have. */
export interface IdentifierEvidence {
  type: string;
  agrees: boolean;
  /** Its weight among those that both have, 0 to 1. */
  share: number;
  /** What it adds to the natural logarithm of the odds. */
  contribution: number;
}

const haveOneInCommon = (left: readonly string[], right: readonly string[]): boolean =>
  left.some(key => right.includes(key));

/**
 * Weighs the identifiers of types that both records have. With s the share of the weights that agree, the odds go from
 * those of strangers (s = 0, and four times less) to 99 : 1 (s = 1), evenly in their logarithm:
 * `(1 - s) · (log prior - log 4) + s · log 99`. A type that only one of them has says nothing.
 */
export const identifierEvidence = (
  left: MatchRecord,
  right: MatchRecord,
  weights: Readonly<Record<string, number>>,
  prior: number,
): IdentifierEvidence[] => {
  const both = Object.keys(left.identifiers).filter(type => type in right.identifiers && (weights[type] ?? 0) > 0);
  const sum = both.reduce((all, type) => all + (weights[type] ?? 0), 0);
  return both.map(type => {
    const agrees = haveOneInCommon(left.identifiers[type] ?? [], right.identifiers[type] ?? []);
    const share = (weights[type] ?? 0) / sum;
    const full = agrees ? agreedLogOdds - Math.log(prior) : -Math.log(differingFactor);
    return { type, agrees, share, contribution: share * full };
  });
};
