/** Why somebody who belongs is not sent. */
export const skips = ['consent', 'suppressed', 'noIdentifier', 'lowConfidence', 'holdout'] as const;
export type Skipped = (typeof skips)[number];

/** People by why they are not sent. */
export type SkippedTally = Record<Skipped, number>;

/** What a sync comes to for one person: whoever is `pending` has yet to be told of, the last five are not sent. */
export const syncOutcomes = [...(['pending', 'added', 'removed', 'unchanged', 'failed'] as const), ...skips] as const;
export type SyncOutcome = (typeof syncOutcomes)[number];

/** People by what a sync came to for them. */
export type SyncTally = Record<SyncOutcome, number>;
