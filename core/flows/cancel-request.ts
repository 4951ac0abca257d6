import { requestState } from '../engines/requests/request-state.ts';
import { Problem } from '../errors.ts';
import type { Collection } from '../ports/collection.ts';
import { callBack } from './call-back.ts';
import { changeDocument } from './change-document.ts';
import { isRequest, requestNamed, standingOf } from './show-request.ts';
import type { PrivacyJob, StoredJob } from './stored-job.ts';

type CallTools = Parameters<typeof callBack>[2];

/**
 * Takes a request back that has not begun. Whoever asked to be told is told once.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` when it has begun
 */
export const cancelRequest = async (
  name: string,
  tools: CallTools & { jobs: Collection<StoredJob> },
): Promise<PrivacyJob> => {
  const { id } = await requestNamed(name, tools);
  const after = await changeDocument('Request', id, tools.jobs, job => {
    if (!isRequest(job) || job.status === 'cancelled') return job;
    const state = requestState(standingOf(job));
    if (state !== 'pending')
      throw new Problem('CONFLICT', `Request ${id} is ${state}; only a pending one is taken back`);
    return { ...job, status: 'cancelled' as const, sealed: undefined, updatedAt: tools.now().toISOString() };
  });
  const job = after as PrivacyJob;
  await callBack(job, 'cancelled', tools);
  return job;
};
