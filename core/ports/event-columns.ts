import type { Asked, PassName, Sums } from '../engines/columns/passes.ts';
import type { PackedCodes } from '../model/packed-columns.ts';

/** Days (UTC, by event time) from one to another, both included: `2026-02-15`. */
export interface DayRange {
  from: string;
  to: string;
}

export interface PassResult<Name extends PassName> {
  sums: Sums<Name>;
  /** What the numbers in the sums mean. */
  codes: PackedCodes;
  /** Epoch ms: what was received later is not in it. */
  asOf: number;
}

/** All events of days as columns of numbers, to be read in one pass. What is not in sorted files yet is not in it. */
export interface EventColumns {
  /** @throws QueryTooSlow after so many seconds */
  pass<Name extends PassName>(
    days: DayRange,
    name: Name,
    asked: Asked<Name>,
    budgetSeconds: number,
  ): Promise<PassResult<Name>>;
}
