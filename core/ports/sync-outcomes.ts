import type { SyncOutcome, SyncTally } from '../model/sync-outcome.ts';

/** What syncs come to, person by person: so that everybody counts once, however often they are looked at. */
export interface SyncOutcomes {
  /** These people are to be told of; whoever is known already stays as they are. */
  expect(syncId: string, profileIds: readonly string[]): Promise<void>;
  /** Notes what it came to for somebody who was pending; else it changes nothing. */
  settle(syncId: string, profileId: string, outcome: SyncOutcome): Promise<void>;
  /** Leaves nothing of a person. */
  drop(syncId: string, profileId: string): Promise<void>;
  /** By the list index, as `tally`. */
  anyPending(syncId: string): Promise<boolean>;
  tally(syncId: string): Promise<SyncTally>;
}
