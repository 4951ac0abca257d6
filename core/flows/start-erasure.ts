import type { PrivacyRequest } from '../model/privacy-request.ts';
import type { Collection } from '../ports/collection.ts';
import { liveProfile } from './live-profile.ts';
import { type NewRequestTools, newRequest } from './new-request.ts';
import { openSubject } from './sealed-subject.ts';
import type { PrivacyJob, StoredJob } from './stored-job.ts';
import { takeStock } from './take-stock.ts';
import { type TombstoneTools, tombstonePeople } from './tombstone-people.ts';
import { onlyPart } from './work-step.ts';

type StockTools = Parameters<typeof takeStock>[2];

interface StartTools extends NewRequestTools, TombstoneTools, Omit<StockTools, 'profiles'> {
  jobs: Pick<Collection<StoredJob>, 'add'>;
}

/**
 * Erases somebody now: the request is kept first, with what is held of them, then the tombstone is put. Whoever dies in
 * between has left a request that does the same. The rest follows from the request.
 *
 * @throws Problem `NOT_FOUND`
 */
export const startErasure = async (
  id: string,
  options: Partial<Pick<PrivacyRequest, 'suppress' | 'propagate' | 'reason'>>,
  tools: StartTools,
): Promise<PrivacyJob> => {
  const state = await liveProfile(id, tools.profiles);
  const subject = { profileId: state.id, identifiers: [] };
  const request = await newRequest({ ...options, type: 'erasure', subject }, tools);
  const stock = await takeStock(subject, [state], tools);
  const job = { ...request, ...stock, pending: { [onlyPart]: '1 erase' } };
  await tools.jobs.add(job);
  await tombstonePeople(job, await openSubject(job, tools), tools);
  return job;
};
