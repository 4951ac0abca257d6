/**
 * What became of the question whether two profiles are one person's. `open`: somebody is to be asked; `deferred`: later;
 * `rejected`: they are not, until something new is known of them; `joining`: they are about to be joined; `blocked`:
 * something forbids it; `closed`: one of them is gone.
 */
export const pairStatuses = ['open', 'deferred', 'rejected', 'joining', 'merged', 'blocked', 'closed'] as const;
export type PairStatus = (typeof pairStatuses)[number];

/** What forbids that two profiles are joined, or that they are without asking. */
export const pairBlocks = [
  'different_customers',
  'write_key',
  'too_many_identifiers',
  'merge_storm',
  'too_large',
  'shared_device',
  'shared_household',
] as const;
export type PairBlock = (typeof pairBlocks)[number];

/** One thing that spoke for or against, in bits: 1 doubles the odds, -1 halves them. No values of people. */
export interface TraceLine {
  kind: 'prior' | 'identifier' | 'attribute' | 'household' | 'event';
  field: string;
  level: string;
  bits: number;
}

/** Two profiles that may be one person's; kept beside both. Times are ISO 8601. */
export interface ProfilePair {
  /** Their ids in order. */
  profileIds: readonly [string, string];
  version: number;
  status: PairStatus;
  /** 0 to 100. */
  score: number;
  block?: PairBlock | undefined;
  trace: TraceLine[];
  /** Names what is known of the two: an answer holds for as long as it is this. */
  evidence: string;
  /** The event that named both, where one did. */
  eventId?: string | undefined;
  createdAt: string;
  updatedAt: string;
  decidedAt?: string | undefined;
  decidedBy?: string | undefined;
  note?: string | undefined;
  mergeId?: string | undefined;
}

const separator = '~';

/** @example pairIdOf('profile-2', 'profile-1') // 'profile-1~profile-2' */
export const pairIdOf = (one: string, other: string): string => [one, other].sort().join(separator);

/** The two profiles that a pair's id names, in order; `undefined` where it names no pair. */
export const profilesOfPair = (pairId: string): readonly [string, string] | undefined => {
  const [one, other, ...more] = pairId.split(separator);
  return one && other && more.length === 0 && one < other ? [one, other] : undefined;
};
