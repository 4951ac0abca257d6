import type { PrivacyRequest, RequestState } from '../../model/privacy-request.ts';

/** A request as its work stands: `place` is where its next step begins. */
export interface StandingRequest extends Pick<PrivacyRequest, 'receipt' | 'dueAt'> {
  status: string;
  place: string | undefined;
}

/** What is told of it: it can be taken back while `pending`, and is `completed` as soon as it is certified. */
export const requestState = ({ status, receipt, place }: StandingRequest): RequestState => {
  if (receipt !== undefined || status === 'completed') return 'completed';
  if (status === 'cancelled' || status === 'failed') return status;
  return place === undefined || /^(\d+ )?$/.test(place) ? 'pending' : 'in_progress';
};

/** Whether its answer has come too late, or is still to come after it was due. `now`: epoch ms. */
export const isOverdue = (request: StandingRequest, certifiedAt: string | undefined, now: number): boolean => {
  if (request.status === 'cancelled') return false;
  return (certifiedAt === undefined ? now : Date.parse(certifiedAt)) > Date.parse(request.dueAt);
};
