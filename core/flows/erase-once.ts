import { Problem } from '../errors.ts';
import type { Collection } from '../ports/collection.ts';
import { isRequest } from './show-request.ts';
import { startErasure } from './start-erasure.ts';
import type { PrivacyJob, StoredJob } from './stored-job.ts';

type EraseTools = Parameters<typeof startErasure>[2];

/** Erases somebody, or tells of the request that did. @throws Problem `NOT_FOUND` for an id that was never given */
export const eraseOnce = async (
  id: string,
  options: Parameters<typeof startErasure>[1],
  tools: EraseTools & { jobs: Pick<Collection<StoredJob>, 'add' | 'all'> },
): Promise<PrivacyJob> => {
  try {
    return await startErasure(id, options, tools);
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.code !== 'NOT_FOUND') throw fault;
    const known = (await tools.jobs.all()).filter(isRequest).find(({ profileIds }) => profileIds.includes(id));
    if (!known) throw fault;
    return known;
  }
};
