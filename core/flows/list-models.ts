import { type ModelName, type StoredModel, scoringModel } from '../model/stored-model.ts';
import type { Collection } from '../ports/collection.ts';

interface ModelTools {
  models: Pick<Collection<StoredModel>, 'all'>;
  settings: { mlPredictions: boolean };
}

const shown = (model: StoredModel, all: readonly StoredModel[]) => {
  const { version: _version, met, needs, parameters: _parameters, metrics, ...rest } = model;
  return {
    ...rest,
    scores: scoringModel(all, model.name)?.id === model.id,
    requirements: Object.entries(needs).map(([name, needed]) => {
      const there = met[name] ?? 0;
      return { name, needed, there, met: there >= needed };
    }),
    ...(metrics ? { metrics: JSON.parse(JSON.stringify(metrics)) } : {}),
  };
};

/** What every training came to, newest first. */
export const listModels = async (name: ModelName | undefined, { models, settings }: ModelTools) => {
  const all = await models.all();
  const items = all
    .filter(model => name === undefined || model.name === name)
    .sort((one, other) => (one.trainedAt < other.trainedAt ? 1 : -1))
    .map(model => shown(model, all));
  return { enabled: settings.mlPredictions, items };
};
