import type { PurchaseDay } from '../../model/customer-history.ts';
import { type Buyer, buyerAsOf, buyersOf, daysPerWeek, isUsableBuyer } from './buyers.ts';
import { type BuyingModel, buyingFeatures, buyingRow, returningFeatures, returningRow } from './buying-model.ts';
import type { Fit } from './fit.ts';
import { type Examples, fitLinear } from './fit-linear.ts';
import { fitPurchases } from './fit-purchases.ts';
import { fitSpend } from './fit-spend.ts';
import { type LinearModel, predicted } from './linear-model.ts';
import { expectedPurchases, type PurchaseModel } from './purchase-model.ts';

/** What is asked of data before anything is learnt from them. */
export const buyingNeeds = { buyers: 200, repeatBuyers: 50, weeks: 12 } as const;

/** What there is of it. */
export interface BuyingMet {
  buyers: number;
  repeatBuyers: number;
  weeks: number;
}

/** Somebody as of a day, with how often they bought in the days after it. */
interface Followed {
  buyer: Buyer;
  later: number;
}

export type History = readonly PurchaseDay[];

export const buyersAsOf = (histories: readonly History[], day: number): Buyer[] =>
  histories.flatMap(history => buyerAsOf(history, day) ?? []).filter(isUsableBuyer);

export const metOf = (histories: readonly History[], day: number): BuyingMet => {
  const buyers = buyersAsOf(histories, day);
  return {
    buyers: buyers.length,
    repeatBuyers: buyers.filter(({ frequency }) => frequency > 0).length,
    weeks: Math.floor(buyers.reduce((most, { age }) => Math.max(most, age), 0)),
  };
};

/** What is missing, in words; empty where there is enough. */
export const missingOf = (met: BuyingMet): string[] =>
  (Object.keys(buyingNeeds) as (keyof BuyingMet)[]).flatMap(name =>
    met[name] >= buyingNeeds[name] ? [] : [`${met[name]} of ${buyingNeeds[name]} ${words[name]}`],
  );

const words: Record<keyof BuyingMet, string> = {
  buyers: 'people who bought something',
  repeatBuyers: 'people who bought again',
  weeks: 'weeks since the first purchase',
};

const followedFrom = (histories: readonly History[], from: number, days: number): Followed[] =>
  histories.flatMap(history => {
    const buyer = buyerAsOf(history, from);
    if (!buyer || !isUsableBuyer(buyer)) return [];
    return [{ buyer, later: history.filter(({ day }) => day > from && day <= from + days).length }];
  });

/** What came of people, and what was expected. */
interface Shown {
  buyers: readonly Buyer[];
  expected: readonly number[];
  happened: readonly number[];
}

const examplesOf = ({ buyers, expected, happened }: Shown): Examples => ({
  features: buyingFeatures,
  rows: Float64Array.from(buyers.flatMap(buyingRow)),
  targets: Float64Array.from(happened),
  offsets: Float64Array.from(expected, value => Math.log(Math.max(1e-9, value))),
});

/** The logarithm of how likely what happened is, but for what does not depend on what was expected. */
const likelihoodWith = ({ buyers, expected, happened }: Shown, model?: LinearModel): number =>
  buyers.reduce((sum, buyer, place) => {
    const mean = Math.max(1e-9, expected[place] ?? 0) * (model ? predicted(model, buyingRow(buyer)) : 1);
    return sum + (happened[place] ?? 0) * Math.log(mean) - mean;
  }, 0);

/** So much better, of one half of the people by what the other half has shown, a correction must be to count. */
const worthIt = 10;

const halfOf = ({ buyers, expected, happened }: Shown, parity: number): Shown => {
  const half = <Value>(values: readonly Value[]) => values.filter((_, place) => place % 2 === parity);
  return { buyers: half(buyers), expected: half(expected), happened: half(happened) };
};

/**
 * Learnt from one half, tried on the other: only what helps there is learnt from all. It tells people apart and leaves
 * the sum of what is expected of those of now as it is: one season does not tell what the next is like.
 */
const correctionOf = (shown: Shown, now: Pick<Shown, 'buyers' | 'expected'>): LinearModel | undefined => {
  const tried = fitLinear(examplesOf(halfOf(shown, 0)), 'poisson');
  if (tried.status !== 'fitted') return undefined;
  const level = levelOf(tried.model, halfOf(shown, 1));
  const gain = likelihoodWith(halfOf(shown, 1), lowered(tried.model, level)) - likelihoodWith(halfOf(shown, 1));
  if (gain < worthIt) return undefined;
  const all = fitLinear(examplesOf(shown), 'poisson');
  return all.status === 'fitted' ? lowered(all.model, levelOf(all.model, now)) : undefined;
};

const levelOf = (model: LinearModel, { buyers, expected }: Pick<Shown, 'buyers' | 'expected'>): number => {
  const corrected = buyers.reduce(
    (sum, buyer, place) => sum + (expected[place] ?? 0) * predicted(model, buyingRow(buyer)),
    0,
  );
  return Math.log(corrected / expected.reduce((sum, value) => sum + value, 0));
};

const lowered = (model: LinearModel, by: number): LinearModel => ({ ...model, intercept: model.intercept - by });

const returningOf = (people: readonly Followed[], purchases: PurchaseModel, weeks: number): Fit<LinearModel> =>
  fitLinear(
    {
      features: returningFeatures,
      rows: Float64Array.from(people.flatMap(({ buyer }) => returningRow(purchases, buyer, weeks))),
      targets: Float64Array.from(people, ({ later }) => (later > 0 ? 1 : 0)),
    },
    'logistic',
  );

/**
 * Learns from everything up to and on a day. What came of it is known of the last `churnDays` (or a third of the time
 * that there is, where that is less): by them it is learnt what the models of purchases are off by.
 */
export const trainBuying = (histories: readonly History[], day: number, churnDays: number): Fit<BuyingModel> => {
  const missing = missingOf(metOf(histories, day));
  if (missing.length > 0) return { status: 'insufficient_data', reason: missing.join('; ') };
  const buyers = buyersAsOf(histories, day);
  const shown = Math.min(
    churnDays,
    Math.floor((buyers.reduce((most, { age }) => Math.max(most, age), 0) * daysPerWeek) / 3),
  );
  const [all, spend] = [fitPurchases(buyersOf(buyers)), fitSpend(buyersOf(buyers))];
  if (all.status !== 'fitted') return all;
  if (spend.status !== 'fitted') return spend;
  const past = fitPurchases(buyersOf(buyersAsOf(histories, day - shown)));
  if (past.status !== 'fitted') return past;
  const people = followedFrom(histories, day - shown, shown);
  const weeks = shown / daysPerWeek;
  const returning = returningOf(people, past.model, weeks);
  if (returning.status !== 'fitted') return returning;
  const shownBy = (of: PurchaseModel, some: readonly Buyer[]) => some.map(buyer => expectedPurchases(of, buyer, weeks));
  const then = people.map(({ buyer }) => buyer);
  const correction = correctionOf(
    { buyers: then, expected: shownBy(past.model, then), happened: people.map(({ later }) => later) },
    { buyers, expected: shownBy(all.model, buyers) },
  );
  return {
    status: 'fitted',
    model: {
      ...{ purchases: all.model, spend: spend.model, returning: returning.model, churnDays },
      ...(correction ? { correction } : {}),
    },
    logLikelihood: all.logLikelihood + spend.logLikelihood,
    steps: all.steps + spend.steps,
  };
};
