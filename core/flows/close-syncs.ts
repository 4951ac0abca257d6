import { type CloseTools, closeSync } from './close-sync.ts';
import type { PartQueues } from './start-parts.ts';
import { closingMessage, lookAgainSeconds } from './sync-audience.ts';

/** Ends the syncs whose last delivery has come through, or has failed for good, since they were last looked at. */
export const closeSyncs = async (tools: CloseTools & { queues: Pick<PartQueues, 'syncAudience'> }): Promise<void> => {
  for (const job of await tools.jobs.all()) {
    if (job.kind !== 'audience.sync' || !(await closeSync(job.id, tools))) continue;
    const { id: syncId, subjectId: audienceId, platform } = job;
    await tools.queues.syncAudience.send([closingMessage({ audienceId, platform, syncId })], lookAgainSeconds);
  }
};
