import { Problem } from '../errors.ts';
import { type CommitSyncTools, commitSync } from './activate-audience.ts';
import { syncOf } from './show-sync.ts';
import { failedSource } from './sync-sources.ts';

/**
 * Begins a sync of everybody whom the platform of an ended sync could not be told of. It brings them to what the
 * platform is kept at now, which a later activation may have changed.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT`
 */
export const retrySync = async (audienceId: string, syncId: string, tools: CommitSyncTools): Promise<string> => {
  const { audience, job } = await syncOf(audienceId, syncId, tools);
  if (job.status === 'running') throw new Problem('CONFLICT', `Sync ${syncId} is running; it tries again by itself`);
  const { platform } = job;
  const state = audience.syncs.find(one => one.platform === platform);
  if (!state || state.error !== undefined) {
    throw new Problem('CONFLICT', `${platform} takes nothing any more; activate the audience there again`);
  }
  const plan = { platform, operation: state.operation, sources: [failedSource], retryOf: syncId };
  return commitSync(audience, plan, tools);
};
