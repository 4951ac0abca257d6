import type { Audience } from '../contract/audiences.ts';
import type { Collection } from '../ports/collection.ts';
import type { Write } from '../ports/table.ts';
import type { StoredJob, SyncJob } from './stored-job.ts';

interface SupersedeTools {
  jobs: Collection<StoredJob>;
  now: () => Date;
}

/** The syncs of an audience that are under way, at some platforms or at all of them: never more than one at each. */
export const runningSyncs = async (
  { syncs }: Pick<Audience, 'syncs'>,
  platforms: readonly string[],
  { jobs }: Pick<SupersedeTools, 'jobs'>,
): Promise<SyncJob[]> => {
  const own = syncs.filter(({ platform }) => platforms.includes(platform));
  const found = await Promise.all(own.map(({ syncId }) => jobs.get(syncId)));
  return found.flatMap(job => (job?.kind === 'audience.sync' && job.status === 'running' ? [job] : []));
};

/** What ends syncs because others that do all they were to do begin in the same commit. */
export const superseding = (running: readonly SyncJob[], { jobs, now }: SupersedeTools): Write[] =>
  running.map(job =>
    jobs.replacing({
      ...job,
      version: job.version + 1,
      status: 'cancelled',
      error: 'another sync has taken its place',
      updatedAt: now().toISOString(),
    }),
  );
