import type { PlatformRow } from '../engines/activation/platforms/platform.ts';
import type { Failure } from '../engines/activation/retry-schedule.ts';
import type { SyncOutcome } from '../model/sync-outcome.ts';

/** What a destination holds of a person, as far as we told it. */
export interface Recipient {
  profileId: string;
  audienceId: string;
  platform: string;
  state: 'sent' | 'removed' | 'sending';
  /** What is being sent while `sending`. */
  operation: 'add' | 'remove';
  /** Counts what was sent of this person; names a row for the receiver, so that it can drop repeats. */
  row: number;
  /** Stands for what was sent of an added person, so that a change of it is seen. */
  digest?: string | undefined;
  /** Which exchange of everybody it was told in, or after. */
  epoch?: string | undefined;
  /** What the person is found by there, as it was sent last. */
  sent?: PlatformRow | undefined;
  /** The same as it was sent before, and may be there still. */
  before?: PlatformRow[] | undefined;
  /** Epoch ms until which the one who sends may count on being alone. */
  leasedUntil: number;
  /** Why the last delivery failed, and when it is tried again. */
  failure?: Failure | undefined;
  /** The syncs that wait for this delivery, or that it has failed for. */
  syncIds?: string[] | undefined;
  updatedAt: string;
}

/** One person at one destination. */
export type RecipientKey = Pick<Recipient, 'profileId' | 'audienceId' | 'platform'>;

export interface RecipientPage {
  profileIds: string[];
  next?: string;
}

export interface RecipientStore {
  ofProfile(profileId: string): Promise<Recipient[]>;
  /** What one destination holds of these people. */
  ofAudience(audienceId: string, platform: string, profileIds: readonly string[]): Promise<Recipient[]>;
  /** Takes the right to send; refused (false) when the state is not the one read, because somebody else acted. */
  lease(recipient: Recipient, read: Recipient | undefined): Promise<boolean>;
  /**
   * Replaces what was leased and gives the right back; refused (false) for whoever has the right no more. In the same
   * step the recipient's syncs that still wait are told the outcome.
   */
  settle(recipient: Recipient, leased: Recipient, outcome?: SyncOutcome): Promise<boolean>;
  /** As `settle`, leaving nothing, of what these syncs came to for the person neither. */
  forget(leased: Recipient, syncIds?: readonly string[]): Promise<boolean>;
  ofPartition(
    audienceId: string,
    platform: string,
    partition: number,
    limit: number,
    after?: string,
  ): Promise<RecipientPage>;
  count(audienceId: string, platform: string): Promise<number>;
  /** Those of a partition whom the destination was to be told of and that is not tried any more. */
  failedOfPartition(
    audienceId: string,
    platform: string,
    partition: number,
    limit: number,
    after?: string,
  ): Promise<RecipientPage>;
  countFailed(audienceId: string, platform: string): Promise<number>;
  /** Takes failed deliveries of a partition that are due; nobody else is handed them before `until` (epoch ms). */
  takeDue(partition: number, now: number, until: number, limit: number): Promise<RecipientKey[]>;
}
