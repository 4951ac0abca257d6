/**
 * The values between the scores 1 to 5, four of each in ascending order, as they were at the time of a cut: of the time
 * of the last purchase (epoch ms), of how many there were, and of what they were worth. Equal values always score equal,
 * and whoever is scored later is scored by the same values.
 */
export interface RfmCuts {
  recency: readonly number[];
  frequency: readonly number[];
  monetary: readonly number[];
}

/** The cuts that hold, each time with another version. */
export interface StoredRfmCuts extends RfmCuts {
  id: string;
  version: number;
  /** ISO 8601. */
  at: string;
  /** How many had bought something. */
  buyers: number;
}

/** The only document of its kind. */
export const rfmCutsId = 'rfm';
