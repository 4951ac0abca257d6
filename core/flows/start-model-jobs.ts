import { emptyModelTally } from '../model/model-tally.ts';
import { type ModelName, modelNames, type StoredModel } from '../model/stored-model.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { newWork, type ScoreJob, type StoredJob, type TrainJob } from './stored-job.ts';
import { onlyPart } from './work-step.ts';

interface StartTools {
  jobs: Collection<StoredJob>;
  now: () => Date;
}

/** Begins once, however often it is asked for under one id. */
const addOnce = async <Job extends TrainJob | ScoreJob>(job: Job, { jobs }: StartTools): Promise<Job> => {
  try {
    await jobs.add(job);
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
  }
  return job;
};

/** Makes the job that learns models anew; its work begins with what follows from its commit. */
export const startTraining = (
  id: string,
  { models, windowDays }: { models: readonly ModelName[]; windowDays?: number | undefined },
  tools: StartTools,
): Promise<TrainJob> => {
  const work = newWork(id, models.join(','), [onlyPart], tools.now().toISOString());
  const job: TrainJob = {
    ...{ ...work, progress: { done: 0, total: models.length }, kind: 'ml.train', models: [...models] },
    ...(windowDays === undefined ? {} : { windowDays }),
    tally: emptyModelTally,
  };
  return addOnce(job, tools);
};

/** Makes the job that tells what is predicted of everybody, or of who is in a segment. */
export const startScoring = (id: string, segmentId: string | undefined, tools: StartTools): Promise<ScoreJob> => {
  const work = newWork(id, segmentId ?? 'profiles', [onlyPart], tools.now().toISOString());
  return addOnce(
    { ...work, kind: 'ml.score', ...(segmentId === undefined ? {} : { segmentId }), tally: emptyModelTally },
    tools,
  );
};

interface NightlyTools extends StartTools {
  models: Pick<Collection<StoredModel>, 'all'>;
  settings: { mlPredictions: boolean };
  newId: (prefix: string) => string;
}

/** A little less than a day: so that every night is the same hour. */
const dueAfterHours = 23.5;

/** Begins to learn everything anew where the last time was a day ago. Returns the job that it began. */
export const startNightly = async (tools: NightlyTools): Promise<string | undefined> => {
  if (!tools.settings.mlPredictions) return undefined;
  const last = Math.max(0, ...(await tools.models.all()).map(({ trainedAt }) => Date.parse(trainedAt)));
  if (tools.now().getTime() - last < dueAfterHours * 3_600_000) return undefined;
  const isUnderWay = (job: StoredJob) => job.kind === 'ml.train' && job.status === 'running';
  if ((await tools.jobs.page({ limit: 1 }, isUnderWay)).items.length > 0) return undefined;
  return (await startTraining(tools.newId('job'), { models: modelNames }, tools)).id;
};
