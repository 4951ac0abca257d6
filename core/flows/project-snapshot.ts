import { partName, partVersion, type SnapshotPart } from '../model/snapshot-part.ts';
import type { Commit } from '../ports/commit.ts';
import type { SnapshotParts } from '../ports/profile-snapshot.ts';
import { headTold, personTold } from './profile-parts.ts';

interface SnapshotTools {
  snapshotParts: Pick<SnapshotParts, 'add'>;
}

/** What a commit tells the snapshot; nothing where it changed nothing, or took away the person of who is gone. */
const partOf = (commit: Commit): SnapshotPart | undefined => {
  if (commit.kind === 'head' && commit.after && commit.after.version !== commit.before?.version)
    return headTold(commit.profileId, commit.after);
  if (commit.kind === 'person' && commit.after && commit.after.version !== commit.before?.version)
    return personTold(commit.profileId, commit.after);
  return undefined;
};

/** Of each profile the newest head and the newest person. */
const newestOf = (parts: readonly SnapshotPart[]): SnapshotPart[] => {
  const newest = new Map<string, SnapshotPart>();
  for (const part of parts) {
    const known = newest.get(partName(part));
    if (!known || partVersion(known) < partVersion(part)) newest.set(partName(part), part);
  }
  return [...newest.values()];
};

/**
 * Hands what a batch of one shard tells of profiles to their snapshot. A batch that comes again, whole or cut otherwise,
 * tells parts again that are known by their versions.
 */
export const projectSnapshot = async (
  shard: string,
  commits: readonly Commit[],
  { snapshotParts }: SnapshotTools,
): Promise<void> => {
  const parts = newestOf(commits.flatMap(commit => partOf(commit) ?? []));
  const [first, last] = [commits[0]?.sequence ?? '', commits.at(-1)?.sequence ?? ''];
  if (parts.length > 0) await snapshotParts.add({ shard, first, last }, parts);
};
