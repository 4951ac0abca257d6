import { Problem } from '../errors.ts';
import { changeDocument } from './change-document.ts';
import type { JobTools, StoredJob } from './stored-job.ts';

/**
 * Ends a job that runs or waits; its workers stop at the next message.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` when it has ended, or clears what must not stay
 */
export const cancelJob = (id: string, { jobs, now }: JobTools): Promise<StoredJob> =>
  changeDocument('Job', id, jobs, job => {
    if (job.status === 'cancelled') return job;
    if (job.status !== 'running' && job.status !== 'waiting')
      throw new Problem('CONFLICT', `Job ${id} is ${job.status}; only a running job ends`);
    if (job.kind === 'segment.clear' || job.kind === 'trait.clear')
      throw new Problem('CONFLICT', `Job ${id} clears what must not stay; it cannot end early`);
    if (job.kind === 'privacy.request')
      throw new Problem('CONFLICT', `Job ${id} is what somebody asked for; ask to end it at /gdpr/requests/${id}`);
    return { ...job, status: 'cancelled' as const, updatedAt: now().toISOString() };
  });
