import type { CustomerHistory } from '../../model/customer-history.ts';
import type { ModelName, StoredModel } from '../../model/stored-model.ts';
import { judgeBuying } from './judge-buying.ts';
import { judgePropensity, trainPropensity } from './propensity.ts';
import { buyingNeeds, metOf, missingOf, trainBuying } from './train-buying.ts';

/** What a training came to, apart from where and when it is kept. */
export type Trained = Pick<StoredModel, 'status' | 'reason' | 'met' | 'needs' | 'metrics' | 'parameters'>;

export const propensityNeeds = { people: 500, buyersInWindow: 50, days: 60 } as const;

const purchasesIn = (histories: readonly CustomerHistory[]) =>
  histories.flatMap(({ purchases }) => (purchases.length > 0 ? [purchases] : []));

const insufficient = (base: Pick<Trained, 'met' | 'needs'>, reason: string): Trained => ({
  ...base,
  status: 'insufficient_data',
  reason,
});

/**
 * Learns what happened up to `day − windowDays`, holds it against the days until `day`, and learns from all of it what
 * is to score. It is ready only where it was better than what needs no model.
 */
const trainBuyers = (
  name: 'churn' | 'ltv',
  histories: readonly CustomerHistory[],
  day: number,
  windowDays: number,
): Trained => {
  const purchases = purchasesIn(histories);
  const base = { met: { ...metOf(purchases, day - windowDays) }, needs: { ...buyingNeeds } };
  const missing = missingOf(metOf(purchases, day - windowDays));
  if (missing.length > 0) return insufficient(base, `${windowDays} days ago there were ${missing.join('; ')}`);
  const [tried, all] = [trainBuying(purchases, day - windowDays, windowDays), trainBuying(purchases, day, windowDays)];
  if (tried.status !== 'fitted') return { ...base, status: tried.status, reason: tried.reason };
  if (all.status !== 'fitted') return { ...base, status: all.status, reason: all.reason };
  const judged = judgeBuying(tried.model, purchases, day - windowDays, windowDays);
  const { returning, returningByRecency, purchases: counted, money } = judged;
  const isBetter =
    name === 'churn'
      ? returning.areaUnderCurve >= returningByRecency && returning.brier < returning.brierOfRate
      : counted.order.spearmanByLot >= counted.baselines.recency.spearmanByLot && counted.happened > 0;
  const metrics =
    name === 'churn'
      ? { ...returning, baseline: { order: 'recency', areaUnderCurve: returningByRecency } }
      : { purchases: { ...counted, totalError: off(counted) }, money: { ...money, totalError: off(money) } };
  const reason = 'it foretold the last days no better than the order of who bought last';
  const status = isBetter ? 'ready' : 'not_better';
  return { ...base, status, ...(isBetter ? {} : { reason }), metrics, parameters: all.model };
};

/** By how much the sum of what was expected was off, as a share. */
const off = ({ expected, happened }: { expected: number; happened: number }): number =>
  happened === 0 ? 0 : expected / happened - 1;

const propensityMet = (histories: readonly CustomerHistory[], day: number, windowDays: number) => {
  const firstOf = ({ purchases, activity }: CustomerHistory) =>
    Math.min(purchases[0]?.day ?? day, activity[0]?.day ?? day);
  const cut = day - windowDays;
  const boughtAfter = (from: number) =>
    histories.filter(one => one.purchases.some(({ day: at }) => at > from && at <= from + windowDays)).length;
  return {
    people: histories.filter(person => firstOf(person) <= cut - windowDays).length,
    buyersInWindow: Math.min(boughtAfter(cut), boughtAfter(cut - windowDays)),
    days: cut - windowDays - histories.reduce((first, person) => Math.min(first, firstOf(person)), day),
  };
};

const needWords: Record<keyof typeof propensityNeeds, string> = {
  people: 'people who were known',
  buyersInWindow: 'people who bought in each of the last two windows',
  days: 'days of events before them',
};

const trainPropensities = (histories: readonly CustomerHistory[], day: number, windowDays: number): Trained => {
  const met = propensityMet(histories, day, windowDays);
  const base = { met, needs: { ...propensityNeeds } };
  const names = Object.keys(propensityNeeds) as (keyof typeof propensityNeeds)[];
  const missing = names.flatMap(name =>
    met[name] >= propensityNeeds[name]
      ? []
      : [`${Math.max(0, met[name])} of ${propensityNeeds[name]} ${needWords[name]}`],
  );
  if (missing.length > 0) return insufficient(base, missing.join('; '));
  const tried = trainPropensity(histories, day - windowDays, windowDays);
  const all = trainPropensity(histories, day, windowDays);
  if (tried.status !== 'fitted') return { ...base, status: tried.status, reason: tried.reason };
  if (all.status !== 'fitted') return { ...base, status: all.status, reason: all.reason };
  const { byRecency, ...judged } = judgePropensity(tried.model, histories, day - windowDays);
  const isBetter = judged.areaUnderCurve >= byRecency && judged.brier < judged.brierOfRate;
  const reason = 'it foretold the last days no better than the order of who was there last';
  return {
    ...base,
    status: isBetter ? 'ready' : 'not_better',
    ...(isBetter ? {} : { reason }),
    metrics: { ...judged, baseline: { order: 'recency', areaUnderCurve: byRecency } },
    parameters: all.model,
  };
};

export const trainModel = (
  name: ModelName,
  histories: readonly CustomerHistory[],
  day: number,
  windowDays: number,
): Trained =>
  name === 'propensity' ? trainPropensities(histories, day, windowDays) : trainBuyers(name, histories, day, windowDays);
