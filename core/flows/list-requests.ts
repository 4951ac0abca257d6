import type { PrivacyRequestView } from '../contract/gdpr.ts';
import { isOverdue, requestState } from '../engines/requests/request-state.ts';
import type { RequestState, RequestType } from '../model/privacy-request.ts';
import type { Collection, DocumentPage, Paged } from '../ports/collection.ts';
import { isRequest, type ShowRequestTools, showRequest, standingOf } from './show-request.ts';
import type { PrivacyJob, StoredJob } from './stored-job.ts';

interface Wanted extends Paged {
  status?: RequestState | undefined;
  type?: RequestType | undefined;
  overdue?: boolean | undefined;
}

const isMeant = (job: StoredJob, { status, type, overdue }: Wanted, now: number): job is PrivacyJob =>
  isRequest(job) &&
  (type === undefined || job.type === type) &&
  (status === undefined || requestState(standingOf(job)) === status) &&
  (overdue === undefined || isOverdue(standingOf(job), job.certificate?.certifiedAt, now) === overdue);

/** A page of requests, newest first. */
export const listRequests = async (
  wanted: Wanted,
  tools: ShowRequestTools & { jobs: Collection<StoredJob> },
): Promise<DocumentPage<PrivacyRequestView>> => {
  const now = tools.now().getTime();
  const { items, ...page } = await tools.jobs.page(wanted, job => isMeant(job, wanted, now));
  return { ...page, items: await Promise.all(items.filter(isRequest).map(job => showRequest(job, tools))) };
};
