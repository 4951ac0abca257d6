import { nothingPromoted, type Promoted } from './profile-snapshot.ts';

/** One file of the snapshot. */
export interface SnapshotFile {
  key: string;
  rows: number;
  sizeBytes: number;
}

/** What has changed since the base: whole rows in place of those of the base, and those who are gone. */
export interface SnapshotDelta extends SnapshotFile {
  /** How many rows of the base must not be shown any more, because their profiles are gone. */
  gone: number;
}

/** What the snapshot of all profiles consists of. Replaced by condition, so that readers see one state or the next. */
export interface SnapshotManifest {
  id: string;
  version: number;
  base?: SnapshotFile;
  delta?: SnapshotDelta;
  /** What has columns of its own in these files. */
  promoted: Promoted;
  /** Epoch ms: when the base was written. */
  baseAt: number;
  /** Epoch ms of the newest change that the files tell. */
  asOf: number;
  /** Files that are not read any more, but may be by somebody who began a while ago; since when, in epoch ms. */
  retired: { key: string; at: number }[];
}

/** The snapshot before anything was written. */
export const emptySnapshot: SnapshotManifest = {
  id: 'profiles',
  version: 0,
  promoted: nothingPromoted,
  baseAt: 0,
  asOf: 0,
  retired: [],
};

/** Where everything of the snapshot stands in the lake. */
export const snapshotPrefix = 'profiles/';
export const snapshotFilesPrefix = `${snapshotPrefix}files/`;
export const snapshotPartsPrefix = `${snapshotPrefix}parts/`;

/** How the table over these files is called where Athena asks; its partitions are the versions. */
export const profilesTable = 'profiles';

/** The key of a file that a manifest of this version may name. */
export const snapshotFileKey = (version: number, id: string): string =>
  `${snapshotFilesPrefix}version=${String(version).padStart(10, '0')}/${id}.parquet`;

/** The version of the manifest that may have been the first to name a file: as its partition has it, and as a number. */
export const snapshotFilePartition = (key: string): string => /\/version=(\d{10})\/[^/]*$/.exec(key)?.[1] ?? '';
export const snapshotFileVersion = (key: string): number => Number(snapshotFilePartition(key));
