import { awaitsDeliveries } from './close-sync.ts';
import { type PartQueues, startParts } from './start-parts.ts';
import { claimStalled, type JobTools, type StoredJob } from './stored-job.ts';

/** Longer than a message stays hidden after its worker died: until then it comes again by itself. */
const stalledSeconds = 15 * 60;

/**
 * Begins again what is left of jobs that nobody has worked on for a while: their messages have failed for good, or were
 * never sent. A sync that waits for a destination has not stalled. Running twice for one minute begins nothing twice. Returns how many.
 */
export const restartStalled = async (tools: JobTools & { queues: PartQueues }): Promise<number> => {
  const before = new Date(tools.now().getTime() - stalledSeconds * 1000).toISOString();
  const isStalled = (job: StoredJob) => job.status === 'running' && job.updatedAt < before && !awaitsDeliveries(job);
  const stalled = (await tools.jobs.all()).filter(isStalled);
  for (const job of stalled) {
    const claimed = await claimStalled(job, tools);
    if (claimed) await startParts(claimed, tools.queues);
  }
  return stalled.length;
};
