/** Whether a profile is in a segment, and what that was decided by. */
export interface Membership {
  profileId: string;
  segmentId: string;
  member: boolean;
  /** ISO 8601; the last time of each. */
  enteredAt: string;
  exitedAt?: string | undefined;
  profileVersion: number;
  segmentVersion: number;
}

export interface MemberPage {
  members: { profileId: string; enteredAt: string }[];
  next?: string;
}

export interface MembershipStore {
  /** Every segment that the profile is or was in. */
  ofProfile(profileId: string): Promise<Membership[]>;
  /** Keeps the decision, unless one made at a later version of the profile stands. Tells whether it was kept. */
  decide(membership: Membership): Promise<boolean>;
  /** Newest first, over all partitions. */
  members(segmentId: string, limit: number, cursor?: string, offset?: number): Promise<MemberPage>;
  membersOfPartition(segmentId: string, partition: number, limit: number, after?: string): Promise<MemberPage>;
  count(segmentId: string): Promise<number>;
}
