import type { PairBlock, TraceLine } from './profile-pair.ts';

export const identityDecisions = ['merge', 'review', 'blocked', 'reject', 'defer'] as const;

/** A decision about two profiles, with why. Ids alone: what is known of people is not in it. */
export interface IdentityDecision {
  id: string;
  profileIds: readonly [string, string];
  decision: (typeof identityDecisions)[number];
  /** `automatic`: by the platform; else by somebody. */
  by: string;
  /** ISO 8601. */
  at: string;
  score: number;
  block?: PairBlock | undefined;
  trace: TraceLine[];
  eventId?: string | undefined;
  note?: string | undefined;
}
