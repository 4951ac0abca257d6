import { comparesAlike } from '../engines/identity/profile-record.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { PersonRecord } from '../model/profile-state.ts';
import type { Commit } from '../ports/commit.ts';

const nobody: Pick<PersonRecord, 'attributes' | 'identifiers'> = {
  attributes: { tags: [], customFields: {} },
  identifiers: [],
};

/** Whom others may be found to be the same as, or not any more, after these changes. */
export const profilesToMatch = (commits: readonly Commit[], config: IdentityConfig): string[] => [
  ...new Set(commits.flatMap(commit => profileToMatch(commit, config) ?? [])),
];

const profileToMatch = (commit: Commit, config: IdentityConfig): string | undefined => {
  if (commit.kind === 'tie') return commit.profileId;
  if (commit.kind === 'person')
    return commit.after && !comparesAlike(commit.before ?? nobody, commit.after, config) ? commit.profileId : undefined;
  if (commit.kind !== 'head' || !commit.before || !commit.after) return undefined;
  const { before, after } = commit;
  return before.life !== after.life && after.life !== 'erased' ? commit.profileId : undefined;
};
