import type { IdentityConfig } from './identity-config.ts';

/** What a score is called. */
export const matchBand = (
  score: number,
  { exactMatch, probableMatch, possibleMatch }: Pick<IdentityConfig, 'exactMatch' | 'probableMatch' | 'possibleMatch'>,
): 'exact' | 'probable' | 'possible' | 'none' => {
  if (score >= exactMatch) return 'exact';
  if (score >= probableMatch) return 'probable';
  return score >= possibleMatch ? 'possible' : 'none';
};
