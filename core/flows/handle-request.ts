import type { handleRequest as HandleRequest, MessageBody } from '../contract/messages.ts';
import type { RequestType } from '../model/privacy-request.ts';
import { call } from './call-back.ts';
import { carry } from './carry-out.ts';
import { certify } from './certify-request.ts';
import { erasureStages } from './erasure-stages.ts';
import { stagesMax } from './new-request.ts';
import { pack } from './pack-person.ts';
import type { RequestTools, RunStage } from './request-stage.ts';
import type { PrivacyJob, StoredJob } from './stored-job.ts';
import { type StepOutcome, workStep } from './work-step.ts';

const firstStage: Record<RequestType, string> = {
  access: 'pack',
  portability: 'pack',
  erasure: 'find',
  anonymisation: 'find',
  rectification: 'carry',
  restriction: 'carry',
  objection: 'carry',
  unsuppress: 'carry',
};

/** Longer than a queue may hide a message. */
const pauseSecondsMax = 600;

/** Waits for as long as it can be taken back, then begins. */
const begin: RunStage = async (job, _round, { now }) => {
  const seconds = Math.ceil((Date.parse(job.beginsAt) - now().getTime()) / 1000);
  if (seconds > 0) return { next: '', told: {}, pauseSeconds: Math.min(seconds, pauseSecondsMax) };
  const first = firstStage[job.type];
  return { next: job.callbackUrls.length > 0 ? `call 0 in_progress ${first}` : first, told: {} };
};

const stages: Readonly<Record<string, RunStage>> = { ...erasureStages, carry, pack, certify, call };

/** Works one stage of a request; what it has come to, and the next stage, are kept in one write. */
export const handleRequest = async (message: MessageBody<typeof HandleRequest>, tools: RequestTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  if (isTooEarly(await jobs.get(message.jobId), now())) return;
  await workStep('privacy.request', message, (job, start) => runStage(job, start, tools), {
    ...{ jobs, now, queue: queues.handleRequest },
  });
};

/** Clocks of workers differ by less. */
const earlyMilliseconds = 2000;

/** A stage that waits has a message of its own under way; those that come again before do nothing, or it would not wait. */
const isTooEarly = (job: StoredJob | undefined, now: Date): boolean =>
  job?.kind === 'privacy.request' &&
  job.waitsUntil !== undefined &&
  now.getTime() < Date.parse(job.waitsUntil) - earlyMilliseconds;

const runStage = async (job: PrivacyJob, start: string, tools: RequestTools): Promise<StepOutcome<PrivacyJob>> => {
  const [name = '', round = '0', ...words] = start.split(' ');
  const stage = name === '' ? begin : stages[name];
  if (!stage) throw new Error(`a request has no stage ${name}`);
  const { told, ...outcome } = await stage(job, Number(round), tools, words);
  const { pauseSeconds = 0 } = outcome;
  const waitsUntil = pauseSeconds > 0 ? new Date(tools.now().getTime() + pauseSeconds * 1000).toISOString() : undefined;
  return { ...outcome, told: { ...told, waitsUntil, ...(name === '' ? {} : comeTo(job, name, tools.now())) } };
};

/** When it came to a stage first, and how far it is. */
const comeTo = ({ stages: before, progress }: PrivacyJob, name: string, now: Date) => {
  const after = { [name]: now.toISOString(), ...before };
  return { stages: after, progress: { ...progress, done: Math.min(Object.keys(after).length, stagesMax - 1) } };
};
