import type { Job } from '../contract/system.ts';
import { Problem } from '../errors.ts';
import type { Collection, Document } from '../ports/collection.ts';
import { changeDocument } from './change-document.ts';

interface CancelTools {
  jobs: Collection<Job & Document>;
  now: () => Date;
}

/** Ends a running job; its workers stop at the next message. @throws Problem `NOT_FOUND`, or `CONFLICT` when it has ended */
export const cancelJob = (id: string, { jobs, now }: CancelTools): Promise<Job & Document> =>
  changeDocument('Job', id, jobs, job => {
    if (job.status === 'cancelled') return job;
    if (job.status !== 'running') throw new Problem('CONFLICT', `Job ${id} is ${job.status}; only a running job ends`);
    return { ...job, status: 'cancelled' as const, updatedAt: now().toISOString() };
  });
