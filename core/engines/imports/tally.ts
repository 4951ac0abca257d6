import type { RowError } from './row.ts';

/** What became of rows: each is accepted, a duplicate, or an error. */
export interface Tally {
  accepted: number;
  duplicates: number;
  errors: RowError[];
  /** What the platform took with a remark. */
  warnings: string[];
}

export const emptyTally: Tally = { accepted: 0, duplicates: 0, errors: [], warnings: [] };

export const addTallies = (left: Tally, right: Tally): Tally => ({
  accepted: left.accepted + right.accepted,
  duplicates: left.duplicates + right.duplicates,
  errors: [...left.errors, ...right.errors],
  warnings: [...left.warnings, ...right.warnings],
});
