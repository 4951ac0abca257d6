import type { Held } from './plan-sync.ts';

/** What we recorded of a person at a destination. */
export interface Sending {
  state: 'sent' | 'removed' | 'sending';
  operation: 'add' | 'remove';
  /** Counts what was sent of this person. */
  row: number;
  digest?: string | undefined;
}

/** What the destination holds, by our record of it. */
export const heldBy = (record: Sending | undefined): Held => {
  if (!record || record.state === 'removed') return { state: 'no' };
  return record.state === 'sent' ? { state: 'yes', digest: record.digest } : { state: 'unknown' };
};

/**
 * The number of the next row about a person. Numbers only rise; the very same thing whose answer was lost is sent again
 * under its number, so that the receiver can drop the repeat.
 */
export const nextRow = (record: Sending | undefined, operation: 'add' | 'remove', digest?: string): number => {
  if (!record) return 1;
  const again = record.state === 'sending' && record.operation === operation && record.digest === digest;
  return again ? record.row : record.row + 1;
};
