/** What a sync comes to for one person: whoever is `pending` has yet to be told of, the last three may not be sent. */
export const syncOutcomes = [
  ...(['pending', 'added', 'removed', 'unchanged', 'failed'] as const),
  ...(['consent', 'suppressed', 'noIdentifier'] as const),
] as const;
export type SyncOutcome = (typeof syncOutcomes)[number];

/** People by what a sync came to for them. */
export type SyncTally = Record<SyncOutcome, number>;
