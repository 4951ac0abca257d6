import type { BuyingModel } from '../engines/intelligence/buying-model.ts';
import type { PropensityModel } from '../engines/intelligence/propensity.ts';
import type { ScoringModels } from '../engines/intelligence/score-customer.ts';
import { type ModelName, modelNames, type StoredModel, scoringModel } from '../model/stored-model.ts';
import type { Collection } from '../ports/collection.ts';
import { type Cached, cached } from './cached.ts';

const rememberedSeconds = 60;

const noModels: ScoringModels = { name: '' };

/** The newest model of each name that is ready; none where nothing is to be predicted. */
export const scoringModels = (all: readonly StoredModel[]): ScoringModels => {
  const ready = modelNames.flatMap(name => scoringModel(all, name) ?? []);
  const of = <Model>(name: ModelName) => ready.find(model => model.name === name)?.parameters as Model | undefined;
  const [churn, ltv, propensity] = [
    of<BuyingModel>('churn'),
    of<BuyingModel>('ltv'),
    of<PropensityModel>('propensity'),
  ];
  return {
    name: ready.map(({ id }) => id).join(','),
    ...(churn ? { churn } : {}),
    ...(ltv ? { ltv } : {}),
    ...(propensity ? { propensity } : {}),
  };
};

export const rememberedScoring = (
  models: Pick<Collection<StoredModel>, 'all'>,
  isWanted: () => boolean,
  now: () => Date,
): Cached<ScoringModels> =>
  cached(async () => (isWanted() ? scoringModels(await models.all()) : noModels), rememberedSeconds, now);
