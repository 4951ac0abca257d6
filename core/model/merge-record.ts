import * as z from 'zod';
import type { ConsentChannel } from './profile.ts';
import type { ProfileState, Provenance } from './profile-state.ts';

/** What decides where two profiles differ: whose word is newer, or who is more completely known. */
export const mergeStrategies = ['most_recent', 'most_complete'] as const;
export type MergeStrategy = (typeof mergeStrategies)[number];

/** Who wanted the merge and how sure it was. */
export const MergeReason = z.object({
  kind: z.enum(['manual', 'review', 'automatic']),
  /** 100: an identifier that both have proves it. */
  score: z.number().min(0).max(100),
  /** Who, or what rule. */
  by: z.string().max(200),
  note: z.string().max(1000).optional(),
  /** The event that led to it. */
  eventId: z.string().optional(),
});
export type MergeReason = z.output<typeof MergeReason>;

/** How consents of two profiles become those of one. */
export const consentMergePolicies = ['permissive_safe', 'latest_explicit', 'restrictive', 'permissive'] as const;
export type ConsentMergePolicy = (typeof consentMergePolicies)[number];

/** Whose value stands after a merge. */
export type Side = 'primary' | 'secondary' | 'both';

/** What became of one field, by its dotted path below `attributes`, and why. */
export interface FieldDecision {
  field: string;
  from: Side;
  reason: 'only_value' | 'same_value' | 'most_recent' | 'most_complete' | 'combined';
}

/** Why a consent stands as it does after a merge. */
export const consentMergeReasons = [
  'only_side',
  'same',
  'grant_survives',
  'withdrawn_later',
  'opted_out',
  'not_deterministic',
  'latest',
  'restrictive',
  'permissive',
] as const;

/** What became of one consent, and by what it is proved. */
export interface ConsentDecision {
  channel: ConsentChannel;
  granted: boolean;
  from: Side;
  reason: (typeof consentMergeReasons)[number];
  proof: Provenance;
}

/** What a merge did although somebody might not expect it. */
export type MergeWarning = 'different_customer_ids';

export type MergeStatus = 'merging' | 'merged' | 'unmerging' | 'unmerged';

/** That a merge was undone, or is being. */
export interface Unmerge {
  by: string;
  reason: string;
  /** Epoch ms. */
  at: number;
  /** The version of the surviving profile that is without the merge. */
  version: number;
}

/** What there is to know of one merge of two profiles without what they hold. */
export interface MergeSummary {
  id: string;
  status: MergeStatus;
  /** Who has gone on. */
  profileId: string;
  /** Who is a part of it since. */
  mergedId: string;
  strategy: MergeStrategy;
  consentPolicy: ConsentMergePolicy;
  reason: MergeReason;
  warnings: MergeWarning[];
  /** Epoch ms. */
  at: number;
  /** Who undid it, why, and when (epoch ms). */
  unmerge?: Unmerge;
}

/** Two profiles that are to become one, or were. */
export interface MergedPair {
  primary: ProfileState;
  secondary: ProfileState;
}

/** One merge of two profiles: all that it takes to explain and to undo it. */
export interface MergeRecord extends MergeSummary {
  /** The version of the surviving profile that has the merge. */
  primaryVersion: number;
  fieldDecisions: FieldDecision[];
  consentDecisions: ConsentDecision[];
  /** Ids of orders that both had. */
  sharedOrders: string[];
  /** Both as they stood before; not kept once the merge is undone. */
  before?: MergedPair;
}

/** What of a record is not in its images. */
export const summaryOf = ({ before: _before, ...record }: MergeRecord): MergeSummary => {
  const { primaryVersion: _version, fieldDecisions: _fields, consentDecisions: _consent, ...rest } = record;
  const { sharedOrders: _orders, ...summary } = rest;
  return summary;
};
