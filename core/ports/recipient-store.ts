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
  /** Epoch ms until which the one who sends may count on being alone. */
  leasedUntil: number;
  updatedAt: string;
}

export interface RecipientStore {
  ofProfile(profileId: string): Promise<Recipient[]>;
  /** Takes the right to send; refused (false) while somebody else has it or when the state is not the one read. */
  lease(recipient: Recipient, read: Recipient | undefined): Promise<boolean>;
  /** Records what was sent and gives the right back. */
  settle(recipient: Recipient): Promise<void>;
  forget(recipient: Recipient): Promise<void>;
  ofPartition(
    audienceId: string,
    platform: string,
    partition: number,
    limit: number,
    after?: string,
  ): Promise<{ profileIds: string[]; next?: string }>;
  count(audienceId: string, platform: string): Promise<number>;
}
