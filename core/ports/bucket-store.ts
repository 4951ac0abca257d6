/** Tokens that are taken out of a bucket, in the time that they take to come back. Times in epoch ms. */
export interface Taking {
  /** When the bucket was to be full again, as it was read; `undefined` for one that was never used. */
  before: number | undefined;
  milliseconds: number;
  now: number;
  /** An empty bucket is full again by then; it is never put off further. */
  latest: number;
}

/** What callers have left of their requests, shared by all processes. */
export interface BucketStore {
  /** When the bucket will be full again, in epoch ms; `undefined` for one that was never used. */
  fullAt(callerId: string): Promise<number | undefined>;
  /**
   * Takes tokens; tells whether they were there. Many may take out of one bucket at the same moment: only who first takes
   * out of a full one, and who takes the last, makes others look again.
   */
  take(callerId: string, taking: Taking): Promise<boolean>;
}
