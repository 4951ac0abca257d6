import type { Promoted } from '../model/profile-snapshot.ts';
import type { SnapshotDelta, SnapshotFile, SnapshotManifest } from '../model/snapshot-manifest.ts';
import type { SnapshotPart } from '../model/snapshot-part.ts';

/** Takes what committed changes tell the snapshot. */
export interface SnapshotParts {
  /**
   * Keeps parts until they are in a file. `place` names the batch that told them: the same parts at the same place
   * are kept once.
   */
  add(place: { shard: string; first: string; last: string }, parts: readonly SnapshotPart[]): Promise<void>;
  /** The names of all that is kept. */
  names(): Promise<string[]>;
  /** What is in a file by now is kept no longer. */
  remove(names: readonly string[]): Promise<void>;
  /** What cannot be read is kept where nobody reads it, for somebody to look at. */
  setAside(names: readonly string[]): Promise<void>;
}

/** Something that was to be read is gone: somebody else has gone on meanwhile. Look again at what stands. */
export class SnapshotMoved extends Error {
  override readonly name = 'SnapshotMoved';
}

/** What new files start from: the files that stand, and parts, by name, that are not in them yet. */
export interface SnapshotSource {
  manifest: SnapshotManifest;
  parts: readonly string[];
}

/** How many profiles have a custom field, or a tag; about. */
export interface Frequencies {
  fields: { name: string; profiles: number }[];
  tags: { name: string; profiles: number }[];
}

/** What stands and what was told since, put together. Files that are written are nothing until a manifest names them. */
export interface OpenedSnapshot {
  /** Parts that cannot be read: what they tell is not in here. */
  unreadable: readonly string[];
  /** How many rows have changed since the base, how many of the base are gone, and when the newest change was. */
  changed(): Promise<{ rows: number; gone: number; asOf: number }>;
  frequencies(): Promise<Frequencies>;
  /** Everything that changed since the base. */
  writeDelta(): Promise<SnapshotDelta>;
  /**
   * Everybody; and, as its delta, those who are gone (for a week, so that nothing that is told late brings them back)
   * or not yet wholly told.
   */
  writeBase(promoted: Promoted, now: number): Promise<{ base: SnapshotFile; delta?: SnapshotDelta }>;
}

/** The files of the snapshot. */
export interface SnapshotFiles {
  /** @throws SnapshotMoved */
  open<Answer>(source: SnapshotSource, work: (opened: OpenedSnapshot) => Promise<Answer>): Promise<Answer>;
  /** Every file that is kept, whether or not a manifest names it. */
  keys(): Promise<string[]>;
  remove(keys: readonly string[]): Promise<void>;
}
