import { unprocessable } from '../errors.ts';
import { whyUnusable } from '../model/identifier.ts';
import type { RequestType } from '../model/privacy-request.ts';
import type { RequestSubject } from '../model/request-subject.ts';
import type { Collection } from '../ports/collection.ts';
import type { AddressRefusal } from '../ports/webhook-sender.ts';
import { type NewRequestTools, newRequest, type RequestWish } from './new-request.ts';
import { isRequest } from './show-request.ts';
import type { PrivacyJob, StoredJob } from './stored-job.ts';

interface StartTools extends NewRequestTools {
  jobs: Collection<StoredJob>;
  addressRefusal: AddressRefusal;
}

/** What cannot be undone waits for so long for whoever takes it back. */
const graceSeconds: Partial<Record<RequestType, number>> = { erasure: 60, anonymisation: 60 };

const checkSubject = (type: RequestType, { identifiers, changes }: RequestSubject): void => {
  for (const [index, identifier] of identifiers.entries()) {
    const reason = whyUnusable(identifier);
    if (reason !== undefined) throw unprocessable(`body.subject_identities.${index}.identity_value`, reason);
  }
  if ((type === 'rectification') !== (changes !== undefined))
    throw unprocessable('body.changes', 'says what a rectification changes, and goes with nothing else');
};

const checkCallbacks = async (urls: readonly string[], { addressRefusal }: StartTools): Promise<void> => {
  for (const [index, url] of urls.entries()) {
    const reason = await addressRefusal(url);
    if (reason !== undefined) throw unprocessable(`body.status_callback_urls.${index}`, reason);
  }
};

/**
 * Takes a request; its work begins with what follows from its commit. One that was taken before under the same name is
 * told as it stands.
 *
 * @throws Problem `VALIDATION_FAILED`
 */
export const startRequest = async (wish: RequestWish, tools: StartTools): Promise<PrivacyJob> => {
  checkSubject(wish.type, wish.subject);
  await checkCallbacks(wish.callbackUrls ?? [], tools);
  const known = (await tools.jobs.all()).find(
    job => isRequest(job) && job.subjectRequestId === wish.subjectRequestId && job.type === wish.type,
  );
  if (known && isRequest(known)) return known;
  const job = await newRequest({ graceSeconds: graceSeconds[wish.type] ?? 0, ...wish }, tools);
  await tools.jobs.add(job);
  return job;
};
