import type { HotObject, LakeAliases, LakeDay } from '../model/lake-partition.ts';

/**
 * Which objects of the lake are live. Readers take `view` and `aliasView`; everything else is for those who write.
 * Objects that are replaced stay readable for a while, so that what was viewed can be read to its end.
 */
export interface LakePartitions {
  /**
   * The days from one to another (both included, in order) that have anything, each with the hot objects that may hold
   * rows of it which its files do not hold yet: only rows of that very day count. Every committed row is told once.
   */
  view(fromDay: string, toDay: string): Promise<DayView[]>;
  /** The files of the aliases, and the hot objects with aliases that those do not hold yet. */
  aliasView(): Promise<AliasView>;

  /** Every hot object that is still named, shard by shard, in order; also those that are merged. */
  hot(): Promise<HotObject[]>;
  /** Where the newest hot object of a shard ends; empty where there is none. */
  endOf(shard: string): Promise<string>;
  /** Names an object, unless another goes on from the same place already. Tells whether it did. */
  addHot(object: HotObject): Promise<boolean>;
  /** Keeps what has become of objects that are named. */
  updateHot(objects: readonly HotObject[]): Promise<void>;
  removeHot(objects: readonly HotObject[]): Promise<void>;

  day(day: string): Promise<LakeDay | undefined>;
  /** In order. */
  days(fromDay: string, toDay: string): Promise<LakeDay[]>;
  /** Puts it in place of the one whose version is one lower. Tells whether it did: somebody else may have been faster. */
  replaceDay(day: LakeDay): Promise<boolean>;
  aliases(): Promise<LakeAliases>;
  replaceAliases(aliases: LakeAliases): Promise<boolean>;
}

export interface DayView extends Pick<LakeDay, 'day' | 'runs' | 'merged'> {
  hot: HotObject[];
}

export interface AliasView extends Pick<LakeAliases, 'base' | 'merged'> {
  hot: HotObject[];
}
