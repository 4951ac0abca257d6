import type { PackedCodes, PackedColumn, PackedColumns } from '../../model/packed-columns.ts';

/**
 * One reading of all events, part by part, in any number of threads: the parts are added up, each thread its own, and
 * the sums of the threads merged. Plan and sums are plain data; the order of parts and of merging does not matter.
 */
export interface Pass<Asked, Plan, Sums> {
  /** What of a part it reads. */
  columns(plan: Plan): readonly PackedColumn[];
  /** What is asked for, in terms of the numbers that stand in the columns. */
  plan(asked: Asked, codes: PackedCodes): Plan;
  begin(plan: Plan): Sums;
  /** Adds a part; may change the sums that it is given. */
  add(sums: Sums, part: PackedColumns, plan: Plan): Sums;
  merge(left: Sums, right: Sums): Sums;
}
