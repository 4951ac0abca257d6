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
  /** Epoch ms until which the one who sends may count on being alone. */
  leasedUntil: number;
  updatedAt: string;
}

export interface RecipientStore {
  ofProfile(profileId: string): Promise<Recipient[]>;
  /** What one destination holds of these people. */
  ofAudience(audienceId: string, platform: string, profileIds: readonly string[]): Promise<Recipient[]>;
  /** Takes the right to send; refused (false) when the state is not the one read, because somebody else acted. */
  lease(recipient: Recipient, read: Recipient | undefined): Promise<boolean>;
  /** Replaces what was leased and gives the right back; refused (false) for whoever has the right no more. */
  settle(recipient: Recipient, leased: Recipient): Promise<boolean>;
  /** As `settle`, leaving nothing. */
  forget(leased: Recipient): Promise<boolean>;
  ofPartition(
    audienceId: string,
    platform: string,
    partition: number,
    limit: number,
    after?: string,
  ): Promise<{ profileIds: string[]; next?: string }>;
  count(audienceId: string, platform: string): Promise<number>;
}
