/** What callers have left of their requests, shared by all processes. */
export interface BucketStore {
  /** When the bucket will be full again, in epoch ms; `undefined` for one that was never used. */
  fullAt(callerId: string): Promise<number | undefined>;
  /** Replaces what was read; tells whether it was still there. */
  move(callerId: string, from: number | undefined, to: number): Promise<boolean>;
}
