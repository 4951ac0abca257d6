import type { IdentityDecision } from '../model/identity-decision.ts';
import type { PairStatus, ProfilePair } from '../model/profile-pair.ts';
import type { ProfileTie } from '../model/profile-tie.ts';

/** Over how many partitions the lists of pairs and decisions are spread. */
export const pairPartitions = 8;

export interface PairQuery {
  status: PairStatus;
  scoreMin: number;
  limit: number;
  cursor?: string | undefined;
}

export interface DecisionQuery {
  profileId?: string | undefined;
  decision?: IdentityDecision['decision'] | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** What is known of who may be the same person, and what was decided. */
export interface IdentityStore {
  /** Notes ties, each once, whoever notes it again. */
  noteTies(ties: readonly ProfileTie[]): Promise<void>;
  /** Ties that events of this profile made. */
  tiesOf(profileId: string): Promise<ProfileTie[]>;
  pair(pairId: string): Promise<ProfilePair | undefined>;
  /** Every pair that a profile is in. */
  pairsOf(profileId: string): Promise<ProfilePair[]>;
  /** Keeps a pair in place of what was read, with the decision that it comes from; false where somebody was faster. */
  keepPair(pair: ProfilePair, read: ProfilePair | undefined, decision?: IdentityDecision): Promise<boolean>;
  /** Highest score first. */
  pairs(query: PairQuery): Promise<{ items: ProfilePair[]; next?: string }>;
  /** Newest first; kept for a year. */
  decisions(query: DecisionQuery): Promise<{ items: IdentityDecision[]; next?: string }>;
}
