import type { Asked, PassName, Sums } from '../engines/columns/passes.ts';
import type { DayRange, LakeVersion, TouchName } from '../model/lake-version.ts';
import type { PackedCodes } from '../model/packed-columns.ts';
import type { ReadingLimits } from './event-lake.ts';

export interface PassResult<Name extends PassName> {
  sums: Sums<Name>;
  /** What the numbers in the sums mean. */
  codes: PackedCodes;
}

/** The files of a version have been replaced so long ago that they are gone. */
export class VersionGone extends Error {
  override readonly name = 'VersionGone';
}

/**
 * All events of days as columns of numbers, to be read in one pass: whatever was committed, be it seconds old. Whoever
 * was merged is whom they were merged into; who was erased is nobody.
 */
export interface EventColumns {
  /** What stands of these days; for as long as making columns of it takes often, what stood a moment ago. */
  version(range: DayRange, touch?: TouchName): Promise<LakeVersion>;
  /** @throws QueryOverBudget @throws QueryStopped @throws VersionGone */
  pass<Name extends PassName>(
    version: LakeVersion,
    name: Name,
    asked: Asked<Name>,
    limits: ReadingLimits,
  ): Promise<PassResult<Name>>;
  /** By the number of each person the group whose ids name them; `others` for whom none does. @throws as `pass` */
  groups(
    version: LakeVersion,
    idsOf: readonly (readonly string[])[],
    others: number,
    limits: ReadingLimits,
  ): Promise<Uint8Array>;
  /** The ids of people, by their numbers. @throws as `pass` */
  ids(version: LakeVersion, numbers: Uint32Array, limits: ReadingLimits): Promise<string[]>;
}
