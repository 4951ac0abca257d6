import type { handleRequest as HandleRequest, MessageBody } from '../contract/messages.ts';
import type { RequestType } from '../model/privacy-request.ts';
import { call } from './call-back.ts';
import { carry } from './carry-out.ts';
import { certify } from './certify-request.ts';
import { erasureStages } from './erasure-stages.ts';
import { stagesMax } from './new-request.ts';
import { pack } from './pack-person.ts';
import type { RequestTools, RunStage } from './request-stage.ts';
import type { PrivacyJob } from './stored-job.ts';
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
export const handleRequest = (message: MessageBody<typeof HandleRequest>, tools: RequestTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  return workStep('privacy.request', message, (job, start) => runStage(job, start, tools), {
    ...{ jobs, now, queue: queues.handleRequest },
  });
};

const runStage = async (job: PrivacyJob, start: string, tools: RequestTools): Promise<StepOutcome<PrivacyJob>> => {
  const [name = '', round = '0', ...words] = start.split(' ');
  const stage = name === '' ? begin : stages[name];
  if (!stage) throw new Error(`a request has no stage ${name}`);
  const { told, ...outcome } = await stage(job, Number(round), tools, words);
  return { ...outcome, told: name === '' ? told : { ...told, ...comeTo(job, name, tools.now()) } };
};

/** When it came to a stage first, and how far it is. */
const comeTo = ({ stages: before, progress }: PrivacyJob, name: string, now: Date) => {
  const after = { [name]: now.toISOString(), ...before };
  return { stages: after, progress: { ...progress, done: Math.min(Object.keys(after).length, stagesMax - 1) } };
};
