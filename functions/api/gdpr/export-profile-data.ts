import { exportProfileData } from '../../../core/contract/gdpr.ts';
import { liveProfile } from '../../../core/flows/live-profile.ts';
import { packageEventsMax, packageNow } from '../../../core/flows/package-now.ts';
import { startRequest } from '../../../core/flows/start-request.ts';
import { AnswersLater } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(exportProfileData, async ({ params, body, requestId }, services) => {
  const state = await liveProfile(params.profileId, services.profiles);
  const { async = false, callbackUrl } = body;
  const isSmall = state.head.counters.events <= packageEventsMax;
  if (isSmall && !async && callbackUrl === undefined) return packageNow(state, services);
  const callbackUrls = callbackUrl === undefined ? [] : [callbackUrl];
  const subject = { profileId: state.id, identifiers: [] };
  const job = await startRequest({ type: 'access', subject, callbackUrls, subjectRequestId: requestId }, services);
  return new AnswersLater(job.id);
});
