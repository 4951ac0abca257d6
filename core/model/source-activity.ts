/** What sends the events of a source. */
export const sourceKinds = ['web', 'ios', 'android', 'server', 'other'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** Events of a source. */
export interface SourceCounts {
  accepted: number;
  /** Answered with an error. */
  rejected: number;
  /** Accepted, and kept aside already at the door. */
  quarantined: number;
  /** Not as the tracking plan says, whatever became of them. */
  violations: number;
}

export const noCounts: SourceCounts = { accepted: 0, rejected: 0, quarantined: 0, violations: 0 };

export const addCounts = (one: SourceCounts, other: SourceCounts): SourceCounts => ({
  accepted: one.accepted + other.accepted,
  rejected: one.rejected + other.rejected,
  quarantined: one.quarantined + other.quarantined,
  violations: one.violations + other.violations,
});

/** What was wrong with an event. */
export interface SourceError {
  /** ISO 8601. */
  at: string;
  path: string;
  reason: string;
}

/** What came from a source; `id` is that of its key. */
export interface SourceActivity {
  id: string;
  version: number;
  counts: SourceCounts;
  /** ISO 8601. */
  lastSeenAt: string;
  lastError?: SourceError | undefined;
  /** Counts of the last seconds, by the number of the ten seconds since 1970. */
  recent: Record<string, SourceCounts>;
}
