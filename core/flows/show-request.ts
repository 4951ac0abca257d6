import type { PrivacyRequestView } from '../contract/gdpr.ts';
import { isOverdue, requestState } from '../engines/requests/request-state.ts';
import { notFound } from '../errors.ts';
import type { Collection } from '../ports/collection.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Signer } from '../ports/signer.ts';
import { openDsrStatus } from './call-back.ts';
import { downloadOf } from './show-import.ts';
import type { PrivacyJob, StoredJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

export interface ShowRequestTools {
  certifier: Pick<Signer, 'publicKey'>;
  transfers: ObjectStore;
  settings: { stage: string };
  now: () => Date;
}

export const isRequest = (job: StoredJob): job is PrivacyJob => job.kind === 'privacy.request';

export const standingOf = ({ status, receipt, dueAt, pending }: PrivacyJob) => ({
  ...{ status, receipt, dueAt },
  place: pending[onlyPart],
});

const stageOf = (place: string | undefined): { stage?: string } => {
  const [, stage] = place?.split(' ') ?? [];
  return stage ? { stage } : {};
};

/** A request as it is answered. Where a package is, is told of one request alone. */
export const showRequest = async (
  job: PrivacyJob,
  tools: ShowRequestTools,
  withFiles = false,
): Promise<PrivacyRequestView> => {
  const { id, type, regulation, profileIds, createdAt, dueAt, certificate, receipt, error, reason } = job;
  const standing = standingOf(job);
  const status = requestState(standing);
  const signed = certificate && receipt ? { certificate, signed: receipt } : undefined;
  return {
    ...openDsrStatus(job, status, tools.settings.stage),
    ...{ received_time: createdAt, results_url: `/api/cdp/gdpr/requests/${id}` },
    ...{ id, type, regulation, status, profileIds, receivedAt: createdAt, dueAt },
    ...(job.status === 'running' ? stageOf(standing.place) : {}),
    overdue: isOverdue(standing, certificate?.certifiedAt, tools.now().getTime()),
    ...(certificate ? { completedAt: certificate.certifiedAt } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...{ stages: job.stages, stores: job.stores, destinations: job.destinations },
    ...(signed ? { receipt: { ...signed, publicKey: await tools.certifier.publicKey() } } : {}),
    ...(withFiles && job.files.length > 0 ? { files: await filesOf(job, tools) } : {}),
    ...(error === undefined ? {} : { error }),
  };
};

const filesOf = ({ files }: PrivacyJob, tools: ShowRequestTools) =>
  Promise.all(files.map(async ({ key, ...file }) => ({ ...file, ...(await downloadOf(key, file.name, tools)) })));

/** The request of an id, ours or the asker's own. @throws Problem `NOT_FOUND` */
export const requestNamed = async (
  name: string,
  { jobs }: { jobs: Pick<Collection<StoredJob>, 'get' | 'all'> },
): Promise<PrivacyJob> => {
  const own = await jobs.get(name);
  if (own && isRequest(own)) return own;
  const found = (await jobs.all()).find(job => isRequest(job) && job.subjectRequestId === name);
  if (!found || !isRequest(found)) throw notFound('Request', name);
  return found;
};
