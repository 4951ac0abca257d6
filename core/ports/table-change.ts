import type { Item } from './table.ts';

/** One committed change of the table, as its stream tells it. */
export interface TableChange {
  sequence: string;
  /** Epoch ms, to the second. */
  at: number;
  before: Item | undefined;
  after: Item | undefined;
}
