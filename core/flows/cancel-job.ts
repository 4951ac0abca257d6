import { Problem } from '../errors.ts';
import { changeDocument } from './change-document.ts';
import type { JobTools, StoredJob } from './stored-job.ts';

/**
 * Ends a running job; its workers stop at the next message.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` when it has ended, or clears what must not stay
 */
export const cancelJob = (id: string, { jobs, now }: JobTools): Promise<StoredJob> =>
  changeDocument('Job', id, jobs, job => {
    if (job.status === 'cancelled') return job;
    if (job.status !== 'running') throw new Problem('CONFLICT', `Job ${id} is ${job.status}; only a running job ends`);
    if (job.kind === 'segment.clear')
      throw new Problem('CONFLICT', `Job ${id} clears what must not stay; it cannot end early`);
    return { ...job, status: 'cancelled' as const, updatedAt: now().toISOString() };
  });
