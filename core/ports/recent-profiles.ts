import type { ProfileState } from '../model/profile-state.ts';

/** A commit, by what it left. `person`: the version of the person, where the commit changed it. */
export interface RecentCommit extends Pick<ProfileState, 'id'> {
  head: Pick<ProfileState['head'], 'version' | 'updatedAt'>;
  person?: number | undefined;
}

/**
 * Commits that whoever searches must not miss, for as long as the snapshot was not told of them: each is noted in the
 * transaction that makes it.
 */
export interface RecentProfiles {
  /** Whose they are, the newest first, at most so many. */
  ids(max: number): Promise<string[]>;
  /** The snapshot knows them now; those that were never noted are left alone. */
  forget(commits: readonly RecentCommit[]): Promise<void>;
}

/** Over how many partitions these notes are spread. */
export const recentPartitions = 4;
