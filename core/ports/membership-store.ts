import type { Life } from '../model/profile-state.ts';

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

/** A stay in a segment that is over. ISO 8601; whoever entered left at that instant, and was no member at it any more. */
export interface PastStay {
  profileId: string;
  segmentId: string;
  enteredAt: string;
  exitedAt: string;
}

/** How long a stay is known after it was over. */
export const pastStaysDays = 400;

export interface MembershipStore {
  /** Every segment that the profile is or was in. */
  ofProfile(profileId: string): Promise<Membership[]>;
  /** What stands about these profiles and one segment. */
  ofSegment(segmentId: string, profileIds: readonly string[]): Promise<Membership[]>;
  /**
   * Keeps the decision in place of the one that was read. Refused (false) unless that one still stands and the profile
   * is live (or merged, as `life` says) at the version that was decided by: so no decision about an older profile ever
   * stands, and where none is written because nobody is a member, none can be written by someone who read the profile
   * before. A stay that ends with it is kept in the same step.
   */
  decide(decision: Membership, read: Membership | undefined, life?: Life): Promise<boolean>;
  /** Removes what stands, as it was read, and all stays before; refused (false) where something else stands by now. */
  clear(read: Membership): Promise<boolean>;
  /** Newest first, over all partitions. */
  members(segmentId: string, limit: number, cursor?: string, offset?: number): Promise<MemberPage>;
  membersOfPartition(segmentId: string, partition: number, limit: number, after?: string): Promise<MemberPage>;
  count(segmentId: string): Promise<number>;
  /** The members who entered between two instants (ISO 8601, both included), in any order. */
  enteredBetween(segmentId: string, from?: string, to?: string): Promise<MemberPage['members']>;
  /** The stays in a segment that ended at an instant or later, in any order. */
  exitedSince(segmentId: string, from: string): Promise<PastStay[]>;
  /** The stays of a profile that are over, in any order. */
  pastStays(profileId: string): Promise<PastStay[]>;
}
