import { dueDays, type PrivacyRequest, type Regulation, type RequestType } from '../model/privacy-request.ts';
import type { RequestSubject } from '../model/request-subject.ts';
import type { TextSeals } from '../ports/text-seals.ts';
import { sealSubject } from './sealed-subject.ts';
import { newWork, type PrivacyJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

export interface NewRequestTools {
  requestSeals: TextSeals;
  newId: (prefix: string) => string;
  now: () => Date;
}

export interface RequestWish {
  type: RequestType;
  subject: RequestSubject;
  regulation?: Regulation;
  subjectRequestId?: string | undefined;
  callbackUrls?: readonly string[];
  suppress?: boolean;
  propagate?: boolean;
  reason?: string | undefined;
  /** How long it can be taken back. */
  graceSeconds?: number;
}

const dayMilliseconds = 86_400_000;
/** Stages that a request comes through at most; what its progress is counted in. */
export const stagesMax = 8;

/** A request as it is kept first; its work begins with what follows from its commit. */
export const newRequest = async (wish: RequestWish, tools: NewRequestTools): Promise<PrivacyJob> => {
  const { type, subject, regulation = 'gdpr', callbackUrls = [], suppress = true, propagate = true } = wish;
  const id = tools.newId('request');
  const at = tools.now();
  const request: PrivacyRequest = {
    ...{ type, regulation, callbackUrls, suppress, propagate, reason: wish.reason },
    subjectRequestId: wish.subjectRequestId ?? id,
    dueAt: new Date(at.getTime() + dueDays[regulation] * dayMilliseconds).toISOString(),
    beginsAt: new Date(at.getTime() + (wish.graceSeconds ?? 0) * 1000).toISOString(),
    sealed: await sealSubject(subject, tools),
    ...{ profileIds: [], stages: {}, stores: {}, destinations: [], identifiersRefused: 0, files: [] },
  };
  const work = newWork(id, subject.profileId ?? 'unknown', [onlyPart], at.toISOString());
  return { ...work, ...request, kind: 'privacy.request', progress: { done: 0, total: stagesMax } };
};
