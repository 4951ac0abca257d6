import type { SyncTally } from '../../model/sync-outcome.ts';

/** How a sync is told: what was done, what was left out and why, what is still to be done. */
export interface SyncCounts {
  added: number;
  removed: number;
  unchanged: number;
  failed: number;
  pending: number;
  skipped: { consent: number; suppressed: number; noIdentifier: number };
}

/** Syncs that ended before anybody could be suppressed tell of nobody. */
export const syncCounts = ({ consent, suppressed = 0, noIdentifier, ...counts }: SyncTally): SyncCounts => ({
  ...counts,
  skipped: { consent, suppressed, noIdentifier },
});
