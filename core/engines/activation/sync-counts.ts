import { type SkippedTally, type SyncTally, skips } from '../../model/sync-outcome.ts';

/** How a sync is told: what was done, what was left out and why, what is still to be done. */
export interface SyncCounts {
  added: number;
  removed: number;
  unchanged: number;
  failed: number;
  pending: number;
  skipped: SkippedTally;
}

/** Syncs that ended before there was a reason to leave somebody out tell of nobody. */
export const syncCounts = (tally: SyncTally): SyncCounts => {
  const { added, removed, unchanged, failed, pending } = tally;
  const known: Partial<SyncTally> = tally;
  const skipped = Object.fromEntries(skips.map(reason => [reason, known[reason] ?? 0])) as SkippedTally;
  return { added, removed, unchanged, failed, pending, skipped };
};
