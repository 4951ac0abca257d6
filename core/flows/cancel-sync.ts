import { cancelJob } from './cancel-job.ts';
import { type ShowSyncTools, syncOf } from './show-sync.ts';
import type { JobTools, SyncJob } from './stored-job.ts';

/**
 * Ends a sync that is under way: nobody more is queued for it, and whoever was queued by it is not told of. Whom the
 * platform has, it keeps; a later change of a person is followed as before.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` when it has ended
 */
export const cancelSync = async (
  audienceId: string,
  syncId: string,
  tools: ShowSyncTools & JobTools,
): Promise<SyncJob> => {
  const { job } = await syncOf(audienceId, syncId, tools);
  const cancelled = await cancelJob(job.id, tools);
  return { ...job, ...cancelled, kind: job.kind } as SyncJob;
};
