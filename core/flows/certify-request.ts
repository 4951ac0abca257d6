import { expiringCopies } from '../engines/requests/expiring-copies.ts';
import type { Certificate } from '../model/privacy-request.ts';
import type { RunStage } from './request-stage.ts';
import type { PrivacyJob } from './stored-job.ts';

/** What is certified of a request, as of a moment. */
const certificateOf = (job: PrivacyJob, certifiedAt: string): Certificate => ({
  ...{ requestId: job.id, subjectRequestId: job.subjectRequestId, type: job.type, regulation: job.regulation },
  ...{ profileIds: job.profileIds, receivedAt: job.createdAt, certifiedAt },
  ...(job.stages.erase === undefined ? {} : { tombstonedAt: job.stages.erase }),
  ...(job.stages.verify === undefined ? {} : { verifiedAt: certifiedAt }),
  ...{ stores: job.stores, destinations: job.destinations, identifiersRefused: job.identifiersRefused },
  expiring: job.profileIds.length > 0 && job.stages.erase !== undefined ? expiringCopies(Date.parse(certifiedAt)) : [],
});

/** Signs what was done and forgets whose request it was, in one write. */
export const certify: RunStage = async (job, _round, { certifier, now }) => {
  const certificate = certificateOf(job, now().toISOString());
  const receipt = await certifier.sign(JSON.stringify(certificate));
  return {
    next: job.callbackUrls.length > 0 ? 'call 0 completed' : undefined,
    told: { certificate, receipt, sealed: undefined },
  };
};
