/** What a team may choose; the scores are in hundredths. */
export interface MatchSettings {
  /** By type of identifier, how much it weighs among those that both records have; other types weigh nothing. */
  identifierWeights: Readonly<Record<string, number>>;
  /** From here on two profiles are joined without asking. */
  mergeScoreMin: number;
  /** From here on somebody is asked. */
  reviewScoreMin: number;
  /** From here on the pair is shown as possible. */
  possibleScoreMin: number;
}

export const defaultMatchSettings: MatchSettings = {
  identifierWeights: { email: 40, phone: 30, deviceId: 15, customerId: 15 },
  mergeScoreMin: 95,
  reviewScoreMin: 80,
  possibleScoreMin: 60,
};

export type MatchBand = 'merge' | 'review' | 'possible' | 'none';

/** The band of a score; each begins at its lowest score. */
export const bandOf = (score: number, settings: MatchSettings): MatchBand => {
  if (score >= settings.mergeScoreMin) return 'merge';
  if (score >= settings.reviewScoreMin) return 'review';
  return score >= settings.possibleScoreMin ? 'possible' : 'none';
};
