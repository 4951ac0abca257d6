import { sameValue } from '../model/same-value.ts';
import type { Commit } from '../ports/commit.ts';
import type { RecentCommit, RecentProfiles } from '../ports/recent-profiles.ts';

interface RecentTools {
  recent: Pick<RecentProfiles, 'forget'>;
}

type HeadCommit = Extract<Commit, { kind: 'head' }>;

/** What a head shows that only a request changes. */
const isOfRequest = ({ before, after }: HeadCommit): boolean =>
  after?.life !== 'live' || !sameValue(before?.counters.overrides, after.counters.overrides);

/**
 * Commits that a batch tells wholly, and that may have been noted for whoever searches: a head together with the person
 * that the same commit wrote, or one that no event changes so. A head whose person comes with another batch is left.
 */
const toldWholly = (commits: readonly Commit[]): RecentCommit[] => {
  const persons = new Map<string, number[]>();
  for (const commit of commits)
    if (commit.kind === 'person' && commit.after)
      persons.set(commit.profileId, [...(persons.get(commit.profileId) ?? []), commit.after.version]);
  return commits.flatMap(commit => {
    if (commit.kind !== 'head' || !commit.after) return [];
    const known = { id: commit.profileId, head: commit.after };
    const versions = persons.get(known.id) ?? [];
    return [...versions.map(person => ({ ...known, person })), ...(isOfRequest(commit) ? [known] : [])];
  });
};

/** After the snapshot was told of a batch: whoever searches finds it there. */
export const forgetRecent = async (commits: readonly Commit[], { recent }: RecentTools): Promise<void> => {
  const told = toldWholly(commits);
  if (told.length > 0) await recent.forget(told);
};
