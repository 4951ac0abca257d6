import type { Client } from '../../../core/contract/client.ts';
import type { RouteResult } from '../../../core/contract/route.ts';
import type { getJob } from '../../../core/contract/system.ts';

type Job = RouteResult<typeof getJob>;
const askMilliseconds = 400;
const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve, askMilliseconds));

/** A job as it is when it has ended, however it has. */
export const finishedJob = async (cdp: Client, id: string): Promise<Job> => {
  const job = await cdp.getJob({ params: { id } });
  if (job.status !== 'running' && job.status !== 'waiting') return job;
  await pause();
  return finishedJob(cdp, id);
};
