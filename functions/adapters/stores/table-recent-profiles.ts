import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { ProfileCommit } from '../../../core/ports/profile-store.ts';
import { type RecentCommit, type RecentProfiles, recentPartitions } from '../../../core/ports/recent-profiles.ts';
import type { Table, Write } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';

/** Where the snapshot is never told of a commit, something is wrong that people look after meanwhile. */
const keptSeconds = 24 * 3600;

/** Notes a commit, where it is to be, in the transaction that makes it. */
export const recentPuts = ({ before, after, recent }: ProfileCommit): (Write & { kind: 'put' })[] => {
  const ttl = Math.floor(after.head.updatedAt / 1000) + keptSeconds;
  return recent ? [{ kind: 'put', item: { ...keys.recent(commitOf(before, after)), ttl } }] : [];
};

const commitOf = (before: ProfileState, { id, head, person }: ProfileState): RecentCommit => ({
  id,
  head,
  person: person.version === before.person.version ? undefined : person.version,
});

const everyPartition = Array.from({ length: recentPartitions }, (_, partition) => partition);

/** `<time>#<id>#<versions>` */
const idIn = (sk: string): string => sk.split('#')[1] ?? '';

/** One item for each commit, spread over few partitions, so that all of them are read at once. */
export const tableRecentProfiles = (table: Table): RecentProfiles => ({
  ids: async max => {
    const pages = await Promise.all(
      everyPartition.map(partition =>
        table.query({ pk: keys.recentPartition(partition), descending: true, limit: max, consistent: true }),
      ),
    );
    const places = pages
      .flatMap(({ items }) => items.map(({ sk }) => sk))
      .sort()
      .reverse();
    return [...new Set(places.map(idIn))].slice(0, max);
  },
  forget: commits => table.writeMany(commits.map(commit => ({ kind: 'delete', key: keys.recent(commit) }))),
});
