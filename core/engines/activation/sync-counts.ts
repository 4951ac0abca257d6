import type { SyncTally } from '../../model/sync-outcome.ts';

/** How a sync is told: what was done, what was left out and why, what is still to be done. */
export interface SyncCounts {
  added: number;
  removed: number;
  unchanged: number;
  failed: number;
  pending: number;
  skipped: { consent: number; noIdentifier: number };
}

export const syncCounts = ({ consent, noIdentifier, ...counts }: SyncTally): SyncCounts => ({
  ...counts,
  skipped: { consent, noIdentifier },
});
