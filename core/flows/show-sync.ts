import type { Audience } from '../contract/audiences.ts';
import type { AudienceSync } from '../contract/syncs.ts';
import { syncCounts } from '../engines/activation/sync-counts.ts';
import { notFound } from '../errors.ts';
import type { Collection } from '../ports/collection.ts';
import type { SyncOutcomes } from '../ports/sync-outcomes.ts';
import type { StoredJob, SyncJob } from './stored-job.ts';

export interface ShowSyncTools {
  audiences: Collection<Audience>;
  jobs: Collection<StoredJob>;
  outcomes: SyncOutcomes;
}

/** Whether a job is a sync of the audience. */
export const isSyncOf = (job: StoredJob | undefined, audienceId: string): job is SyncJob =>
  job?.kind === 'audience.sync' && job.subjectId === audienceId;

/** A sync of an audience, with both. @throws Problem `NOT_FOUND` */
export const syncOf = async (
  audienceId: string,
  syncId: string,
  { audiences, jobs }: Pick<ShowSyncTools, 'audiences' | 'jobs'>,
): Promise<{ audience: Audience; job: SyncJob }> => {
  const [audience, job] = await Promise.all([audiences.get(audienceId), jobs.get(syncId)]);
  if (!audience) throw notFound('Audience', audienceId);
  if (!isSyncOf(job, audienceId)) throw notFound('Sync', syncId);
  return { audience, job };
};

/** A sync as it is told: what it has come to so far is counted now, what it came to was kept at its end. */
export const showSync = async (job: SyncJob, { outcomes }: Pick<ShowSyncTools, 'outcomes'>): Promise<AudienceSync> => {
  const { id, platform, operation, status, error, retryOf, endedAt, createdAt: startedAt } = job;
  return {
    id,
    platform,
    operation: operation === 'forget' ? 'remove' : operation,
    status: status === 'waiting' ? 'running' : status,
    counts: syncCounts(job.tally ?? (await outcomes.tally(id))),
    error,
    retryOf,
    startedAt,
    endedAt,
  };
};
