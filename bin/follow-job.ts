import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../core/contract/client.ts';
import { CliError } from './cli-error.ts';
import { showProgress } from './import/show-progress.ts';

const lookEveryMilliseconds = 500;

export type FollowedJob = Awaited<ReturnType<Client['getJob']>>;

/** Shows how far a job has come until it has ended, and tells how it did. @throws CliError where it was not completed */
export const followJob = async (
  client: Client,
  jobId: string,
  { message, lineOf }: { message: string; lineOf: (job: FollowedJob) => string },
): Promise<FollowedJob> => {
  let job = await client.getJob({ params: { id: jobId } });
  const display = showProgress({ total: job.progress.total, done: 0, message: `${message} (${jobId})` });
  while (job.status === 'running') {
    await sleep(lookEveryMilliseconds);
    job = await client.getJob({ params: { id: jobId } });
    display.update(job.progress.done, lineOf(job));
  }
  display.end(lineOf(job));
  if (job.status !== 'completed') throw new CliError(`The job ${jobId} is ${job.status}: ${job.error ?? 'no reason'}`);
  return job;
};
