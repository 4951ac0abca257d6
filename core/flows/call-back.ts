import type { RequestState } from '../model/privacy-request.ts';
import type { CallbackSender } from '../ports/callback-sender.ts';
import type { RunStage } from './request-stage.ts';
import type { PrivacyJob } from './stored-job.ts';

/** Tried so often, each time twice as long after: most of a day. */
const roundsMax = 10;
const pauseSecondsMax = 900;
const firstPauseSeconds = 30;

interface CallTools {
  callbackSender: CallbackSender;
  settings: { stage: string };
  now: () => Date;
}

/** What is told of a request in the words of OpenDSR. */
export const openDsrStatus = (
  { subjectRequestId, dueAt }: Pick<PrivacyJob, 'subjectRequestId' | 'dueAt'>,
  status: RequestState,
  stage: string,
) => ({
  controller_id: `cdp-${stage}`,
  expected_completion_time: dueAt,
  subject_request_id: subjectRequestId,
  request_status: status,
  api_version: '2.0' as const,
});

/** Tells everybody who asked for it what a request has come to. Returns who did not take it. */
export const callBack = async (
  job: Pick<PrivacyJob, 'id' | 'subjectRequestId' | 'dueAt' | 'callbackUrls'>,
  status: RequestState,
  { callbackSender, settings, now }: CallTools,
): Promise<string[]> => {
  const untold = await Promise.all(
    job.callbackUrls.map(async url => {
      const body = { ...openDsrStatus(job, status, settings.stage), status_callback_url: url };
      const answer = await callbackSender.send({
        ...{ url, id: `${job.id}_${status}`, at: now(), body: JSON.stringify(body) },
      });
      return answer.status !== undefined && answer.status < 300 ? [] : [url];
    }),
  );
  return untold.flat();
};

/**
 * `call <round> <status> [<stage that comes next>]`: what a request goes on to is not held up by whoever does not answer;
 * that it is over is told again and again.
 */
export const call: RunStage = async (job, round, tools, [status = '', next]) => {
  const untold = await callBack(job, status as RequestState, tools);
  if (next !== undefined || untold.length === 0 || round + 1 >= roundsMax)
    return { next, told: untold.length === 0 ? {} : { error: `a callback was not taken: ${status}` } };
  const pauseSeconds = Math.min(pauseSecondsMax - 300, firstPauseSeconds * 2 ** round);
  return { next: `call ${round + 1} ${status}`, told: { callbackUrls: untold }, pauseSeconds };
};
