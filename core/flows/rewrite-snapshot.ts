import type { StoredSegment } from '../contract/segments.ts';
import { baseDue } from '../engines/snapshot/base-due.ts';
import { choosePromoted } from '../engines/snapshot/choose-promoted.ts';
import { namedInConditions } from '../engines/snapshot/named-in-conditions.ts';
import type { Promoted } from '../model/profile-snapshot.ts';
import { emptySnapshot, type SnapshotManifest, snapshotFileVersion } from '../model/snapshot-manifest.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import {
  type OpenedSnapshot,
  type SnapshotFiles,
  SnapshotMoved,
  type SnapshotParts,
} from '../ports/profile-snapshot.ts';
import { conditionOf } from './segment-indexes.ts';

export interface RewriteTools {
  snapshots: Collection<SnapshotManifest>;
  snapshotParts: Omit<SnapshotParts, 'add'>;
  snapshotFiles: SnapshotFiles;
  segments: Pick<Collection<StoredSegment>, 'all'>;
  now: () => Date;
}

export interface RewrittenSnapshot extends SnapshotManifest {
  unreadable: readonly string[];
}

/** Longer than anything that reads files may take. */
const retiredMilliseconds = 20 * 60_000;
const triesMax = 3;

/**
 * Folds what changed into the files of the snapshot: into its delta, or into a new base when it is time. The manifest's
 * conditional replacement is the only commit point: before it, new files are nothing; after it, what they were made of
 * may be read again, which changes nothing, and is removed here or by the next run. Tells what stands now, and which
 * parts could not be read.
 */
export const rewriteSnapshot = async (tools: RewriteTools): Promise<RewrittenSnapshot> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await rewriteOnce(tools);
    } catch (fault) {
      if (tries === triesMax || !(fault instanceof SnapshotMoved || fault instanceof DocumentChanged)) throw fault;
    }
  }
};

const rewriteOnce = async (tools: RewriteTools): Promise<RewrittenSnapshot> => {
  const { snapshots, snapshotParts, snapshotFiles, segments } = tools;
  /** In this order: parts are removed after the manifest has changed, so that none is missed. */
  const parts = await snapshotParts.names();
  const manifest = (await snapshots.get(emptySnapshot.id)) ?? emptySnapshot;
  const named = namedInConditions((await segments.all()).map(conditionOf));
  const standing = { rows: manifest.delta?.rows ?? 0, gone: manifest.delta?.gone ?? 0 };
  const idle = parts.length === 0 && !baseDue(manifest, standing, named, tools.now().getTime());
  const { unreadable, ...kept } = idle
    ? { ...manifest, unreadable: [] }
    : await snapshotFiles.open({ manifest, parts }, async opened => ({
        ...(await keep(manifest, await next(manifest, opened, named, tools), tools)),
        unreadable: opened.unreadable,
      }));
  await snapshotParts.setAside(unreadable);
  await snapshotParts.remove(parts.filter(part => !unreadable.includes(part)));
  await removeUnnamed(kept, tools);
  return { ...kept, unreadable };
};

/** The manifest that comes after this one. Its files are written. */
const next = async (
  manifest: SnapshotManifest,
  opened: OpenedSnapshot,
  named: Promoted,
  { now }: RewriteTools,
): Promise<SnapshotManifest> => {
  const at = now().getTime();
  const { asOf, ...changed } = await opened.changed();
  const told = { ...manifest, asOf: Math.max(asOf, manifest.asOf) };
  if (!baseDue(manifest, changed, named, at)) return { ...told, delta: await opened.writeDelta() };
  const frequent = await opened.frequencies();
  const promoted = {
    fields: choosePromoted(named.fields, frequent.fields, manifest.promoted.fields),
    tags: choosePromoted(named.tags, frequent.tags, manifest.promoted.tags),
  };
  const { delta: _inBase, ...lasting } = told;
  return { ...lasting, ...(await opened.writeBase(promoted, at)), promoted, baseAt: at };
};

const keysOf = ({ base, delta }: SnapshotManifest): string[] => [base?.key, delta?.key].flatMap(key => key ?? []);

/** Whether somebody who began long ago may still read a file that was retired. */
const readable = (now: () => Date) => {
  const since = now().getTime() - retiredMilliseconds;
  return ({ at }: { at: number }): boolean => at > since;
};

/** Commits a manifest in place of the one that it was made from; files that it names no more are retired. @throws DocumentChanged */
const keep = async (
  before: SnapshotManifest,
  after: SnapshotManifest,
  { snapshots, now }: RewriteTools,
): Promise<SnapshotManifest> => {
  const left = keysOf(before).filter(key => !keysOf(after).includes(key));
  const retired = [...after.retired, ...left.map(key => ({ key, at: now().getTime() }))].filter(readable(now));
  const kept = { ...after, version: before.version + 1, retired };
  await (before.version === 0 ? snapshots.add(kept) : snapshots.replace(kept));
  return kept;
};

/**
 * Removes files that nobody reads: retired long ago, or written by a run that came to nothing. What was written to be
 * named by a manifest that does not stand yet is left to the run that writes it.
 */
const removeUnnamed = async (manifest: SnapshotManifest, { snapshotFiles, now }: RewriteTools): Promise<void> => {
  const named = new Set([...keysOf(manifest), ...manifest.retired.filter(readable(now)).map(({ key }) => key)]);
  const keys = await snapshotFiles.keys();
  await snapshotFiles.remove(keys.filter(key => snapshotFileVersion(key) <= manifest.version && !named.has(key)));
};
