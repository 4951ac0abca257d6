import { churnFactors, type ScoreFactor, valueFactors } from '../engines/intelligence/explain-scores.ts';
import { dayOf, type ScoringModels } from '../engines/intelligence/score-customer.ts';
import { computedValues } from '../engines/profiles/computed-values.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { type Scores, scoreNames } from '../model/scores.ts';
import { type ModelStatus, modelNames, newestModel, type StoredModel } from '../model/stored-model.ts';
import type { Collection } from '../ports/collection.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Cached } from './cached.ts';
import { liveProfile } from './live-profile.ts';

export interface PredictionTools {
  profiles: Pick<ProfileStore, 'get'>;
  models: Pick<Collection<StoredModel>, 'all'>;
  scoring: Cached<ScoringModels>;
  settings: { mlPredictions: boolean };
  now: () => Date;
}

type Status = 'predicted' | 'not_scored' | 'no_profiling' | 'disabled' | ModelStatus;

const dayMilliseconds = 86_400_000;

/** Why nobody, or not this one, is scored; `predicted` where they are. */
const standing = async (
  { head, person }: ProfileState,
  { models, settings }: PredictionTools,
): Promise<{ status: Status; reason?: string }> => {
  if (!settings.mlPredictions) return { status: 'disabled', reason: 'ENABLE_ML_PREDICTIONS is off' };
  if (person.consent.profiling?.granted === false)
    return { status: 'no_profiling', reason: 'they do not agree to being profiled' };
  if (head.counters.scores) return { status: 'predicted' };
  const all = await models.all();
  const newest = modelNames.flatMap(name => newestModel(all, name) ?? []);
  const [first] = newest;
  if (newest.some(({ status }) => status === 'ready'))
    return { status: 'not_scored', reason: 'they have done nothing that the models know of yet' };
  if (!first) return { status: 'insufficient_data', reason: 'nothing was learnt yet: see GET /ml/models' };
  return { status: first.status, reason: newest.map(({ name, reason }) => `${name}: ${reason ?? ''}`).join('. ') };
};

const factorsOf = ({ bought }: Scores, { churn, ltv }: ScoringModels, day: number): ScoreFactor[] =>
  bought === undefined
    ? []
    : [...(churn ? churnFactors(churn, bought, day) : []), ...(ltv ? valueFactors(ltv, bought, day) : [])];

/** @throws Problem `NOT_FOUND` */
export const showPredictions = async (id: string, tools: PredictionTools) => {
  const state = await liveProfile(id, tools.profiles);
  const { counters } = state.head;
  const computed = computedValues(counters);
  const found = await standing(state, tools);
  const scores = found.status === 'predicted' ? counters.scores : undefined;
  const now = tools.now().getTime();
  const byHand = scoreNames.filter(name => counters.overrides[name] !== undefined);
  const shown = scoreNames.flatMap(name =>
    scores?.[name] !== undefined || counters.overrides[name] ? [[name, computed[name]] as const] : [],
  );
  return {
    ...found,
    ...(Object.fromEntries(shown) as Partial<Record<(typeof scoreNames)[number], number>>),
    engagementScore: computed.engagementScore,
    ...(counters.lastPurchaseAt === undefined
      ? {}
      : { daysSincePurchase: Math.max(0, Math.floor((now - counters.lastPurchaseAt) / dayMilliseconds)) }),
    setByHand: byHand,
    factors: scores ? factorsOf(scores, await tools.scoring.get(), dayOf(now)) : [],
    ...(scores ? { modelVersion: scores.models, computedAt: new Date(scores.at).toISOString() } : {}),
  };
};
