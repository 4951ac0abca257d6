import type { MessageBody, modelPart } from '../contract/messages.ts';
import { dayOf } from '../engines/intelligence/score-customer.ts';
import { trainModel } from '../engines/intelligence/train-model.ts';
import { type ModelName, modelId, newestModel, type StoredModel } from '../model/stored-model.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';
import type { CustomerHistories } from '../ports/customer-histories.ts';
import type { Queue } from '../ports/outlets.ts';
import { QueryOverBudget } from '../ports/query-engine.ts';
import { startScoring } from './start-model-jobs.ts';
import type { JobTools, TrainJob } from './stored-job.ts';
import { failJob, type StepOutcome, workStep } from './work-step.ts';

type Message = MessageBody<typeof modelPart>;

export interface TrainTools extends JobTools {
  models: Collection<StoredModel>;
  histories: CustomerHistories;
  commitTogether: CommitTogether;
  settings: { accountCurrency: string; mlPredictions: boolean };
  queues: { modelPart: Queue<Message> };
}

/** More people than these say nothing more that counts. */
const peopleMax = 200_000;
const budgetSeconds = 300;
/** So many trainings of each name are kept, and always the one that scores. */
const keptOfName = 30;

/** How far each looks ahead, unless somebody asks for something else. */
const usualWindowDays: Record<ModelName, number> = { churn: 90, ltv: 90, propensity: 30 };

/** Learns the models that a job names, one a step; in the end everybody is scored by those that are ready. */
export const trainStep = (message: Message, tools: TrainTools): Promise<void> => {
  const { jobs, now, queues } = tools;
  return workStep('ml.train', message, (job, start) => step(job, start, tools), { jobs, now, queue: queues.modelPart });
};

const step = async (job: TrainJob, start: string, tools: TrainTools): Promise<StepOutcome<TrainJob>> => {
  const place = start === '' ? 0 : Number(start);
  const name = job.models[place];
  if (!tools.settings.mlPredictions) {
    await failJob(job.id, 'predictions are switched off (ENABLE_ML_PREDICTIONS)', tools);
    return { next: undefined, told: {} };
  }
  if (name === undefined) return ended(job, tools);
  try {
    const { status } = await trained(name, job, tools);
    const tally = { ...job.tally, models: { ...job.tally.models, [name]: status } };
    return { next: String(place + 1), told: { tally, progress: { ...job.progress, done: place + 1 } } };
  } catch (fault) {
    if (!(fault instanceof QueryOverBudget)) throw fault;
    await failJob(job.id, 'there is more to learn from than a worker has room or time for', tools);
    return { next: undefined, told: {} };
  }
};

const ended = async (job: TrainJob, tools: TrainTools): Promise<StepOutcome<TrainJob>> => {
  if (Object.values(job.tally.models).includes('ready')) await startScoring(`${job.id}-scores`, undefined, tools);
  return { next: undefined, told: {} };
};

const trained = async (name: ModelName, job: TrainJob, tools: TrainTools): Promise<StoredModel> => {
  const { models, histories, settings, now } = tools;
  const known = await models.all();
  const at = now();
  const people = await histories.read({ sampleMax: peopleMax }, settings.accountCurrency, budgetSeconds);
  const windowDays = job.windowDays ?? usualWindowDays[name];
  const outcome = trainModel(name, people, dayOf(at.getTime()) - 1, windowDays);
  const number = (newestModel(known, name)?.number ?? 0) + 1;
  const model: StoredModel = {
    ...{ id: modelId(name, number), version: 1, name, number, trainedAt: at.toISOString(), windowDays },
    ...outcome,
  };
  try {
    await models.add(model);
  } catch (fault) {
    /** Somebody else has learnt it at the same time: theirs is as good. */
    if (!(fault instanceof DocumentChanged)) throw fault;
  }
  await removeOld(known, name, tools);
  return model;
};

const removeOld = async (
  known: readonly StoredModel[],
  name: ModelName,
  { models, commitTogether }: TrainTools,
): Promise<void> => {
  const ofName = known.filter(model => model.name === name).sort((one, other) => other.number - one.number);
  const scores = ofName.find(({ status }) => status === 'ready');
  for (const old of ofName.slice(keptOfName)) if (old !== scores) await commitTogether([models.removing(old)]);
};
