import type { AsideObject, HotObject, LakeFile, LakeLayout, LakeRun, MergedFile } from '../model/lake-partition.ts';

/** An object that could not be read, and why. */
export type Unreadable = Pick<AsideObject, 'key' | 'reason'>;

/** Hot objects that are about to become files of their days. */
export interface HotMerge {
  /** Objects that are no such files, or are not there. */
  unreadable: Unreadable[];
  /** The days that the others have rows of, in order. */
  days: string[];
  /** Writes what these objects have of a day into one file; `undefined` where they have nothing. */
  write(day: string, objects: readonly HotObject[], key: string): Promise<MergedFile | undefined>;
  close(): Promise<void>;
}

/** Rows that came, or happened, before an instant (epoch ms). */
export interface RowsBefore {
  basis: 'receivedAt' | 'occurredAt';
  before: number;
}

export interface CompactInput {
  runs: readonly LakeRun[];
  merged: readonly MergedFile[];
  /** Files that tell who has the events of others by now. */
  aliases: readonly LakeFile[];
  /** Rows that are over are left out. */
  without?: RowsBefore;
  keyOf: (layout: LakeLayout, part: number) => string;
}

/** A run without its id; `undefined` where no row was left. Nothing is written where something could not be read. */
export interface Compacted {
  run: Omit<LakeRun, 'id'> | undefined;
  unreadable: Unreadable[];
}

export interface CompactedAliases {
  file: LakeFile | undefined;
  unreadable: Unreadable[];
}

/** Makes files of the lake out of others. */
export interface LakeFiles {
  /** Opens the events of these objects; whoever opened them closes them. */
  merging(objects: readonly HotObject[]): Promise<HotMerge>;
  /** Sorts the rows of merged files and runs of one day into a new run: no repeats, nobody who was erased. */
  compact(input: CompactInput): Promise<Compacted>;
  /** How many rows of files of events came, or happened, before an instant. */
  countBefore(files: readonly LakeFile[], rows: RowsBefore): Promise<number>;
  /** The aliases of these objects in one file. */
  mergeAliases(objects: readonly HotObject[], key: string): Promise<CompactedAliases>;
  /** Of each profile the newest, and the newest of each of whom it was ever merged into; by id. */
  compactAliases(files: readonly LakeFile[], key: string): Promise<CompactedAliases>;
}
