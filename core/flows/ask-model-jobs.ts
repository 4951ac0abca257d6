import { notFound, Problem } from '../errors.ts';
import { type ModelName, type StoredModel, scoringModel } from '../model/stored-model.ts';
import type { Collection, Document } from '../ports/collection.ts';
import { startScoring, startTraining } from './start-model-jobs.ts';
import type { ScoreJob, StoredJob, TrainJob } from './stored-job.ts';

interface AskTools {
  jobs: Collection<StoredJob>;
  models: Pick<Collection<StoredModel>, 'all'>;
  segments: Pick<Collection<Document>, 'get'>;
  settings: { mlPredictions: boolean };
  newId: (prefix: string) => string;
  now: () => Date;
}

const checkEnabled = ({ settings }: AskTools): void => {
  if (!settings.mlPredictions)
    throw new Problem('CONFLICT', 'Predictions are switched off: the setting ENABLE_ML_PREDICTIONS is false');
};

/** @throws Problem `CONFLICT` where predictions are switched off */
export const askTraining = async (
  { model, targetWindowDays }: { model: ModelName; targetWindowDays?: number | undefined },
  tools: AskTools,
): Promise<TrainJob> => {
  checkEnabled(tools);
  return startTraining(tools.newId('job'), { models: [model], windowDays: targetWindowDays }, tools);
};

/** @throws Problem `CONFLICT` where predictions are switched off, or no model is ready; `NOT_FOUND` for the segment */
export const askScoring = async (
  { model, segmentId }: { model?: ModelName | undefined; segmentId?: string | undefined },
  tools: AskTools,
): Promise<ScoreJob> => {
  checkEnabled(tools);
  if (segmentId !== undefined && !(await tools.segments.get(segmentId))) throw notFound('Segment', segmentId);
  if (model !== undefined && !scoringModel(await tools.models.all(), model))
    throw new Problem('CONFLICT', `The model ${model} is not ready: see GET /ml/models`);
  return startScoring(tools.newId('job'), segmentId, tools);
};
