import { type Buyer, buyerAsOf, daysPerWeek, isUsableBuyer } from './buyers.ts';
import { type BuyingModel, chanceOfReturn, moneyToCome, purchasesToCome } from './buying-model.ts';
import { type JudgedChances, judgeChances } from './judged-chances.ts';
import { areaUnderCurve, slopeOf, spearman, spearmanByLot } from './ranks.ts';
import type { History } from './train-buying.ts';

/** How well somebody's order foretold what they did. */
export interface JudgedOrder {
  spearman: number;
  /** With those whom it puts level ordered by lot. */
  spearmanByLot: number;
  areaUnderCurve: number;
}

/** Plain rankings that need no model. */
const baselines = {
  recency: ({ recency, age }: Buyer) => recency - age,
  frequency: ({ frequency }: Buyer) => frequency,
  product: ({ recency, frequency }: Buyer) => recency * frequency,
} satisfies Record<string, (buyer: Buyer) => number>;

export type BaselineName = keyof typeof baselines;

/** Something that was expected of everybody, held against what came. */
export interface JudgedSums {
  expected: number;
  happened: number;
  /** By how much what came rises where what was expected rises by one. */
  slope: number;
  order: JudgedOrder;
  baselines: Record<BaselineName, JudgedOrder>;
}

/** How good a model was in the days after it was learnt. */
export interface JudgedBuying {
  people: number;
  days: number;
  purchases: JudgedSums;
  money: JudgedSums;
  /** Of buying anything in the first `churnDays` of them, and of an order by recency alone. */
  returning: JudgedChances;
  returningByRecency: number;
}

const orderOf = (scores: Float64Array, truth: Float64Array, did: Float64Array): JudgedOrder => ({
  spearman: spearman(scores, truth),
  spearmanByLot: spearmanByLot(scores, truth),
  areaUnderCurve: areaUnderCurve(scores, did),
});

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

const judgedSums = (
  expected: Float64Array,
  happened: Float64Array,
  buyers: readonly Buyer[],
  did: Float64Array,
): JudgedSums => ({
  expected: sumOf(expected),
  happened: sumOf(happened),
  slope: slopeOf(expected, happened),
  order: orderOf(expected, happened, did),
  baselines: Object.fromEntries(
    Object.entries(baselines).map(([name, of]) => [name, orderOf(Float64Array.from(buyers, of), happened, did)]),
  ) as JudgedSums['baselines'],
});

/** Holds a model that was learnt up to a day against the days after it. */
export const judgeBuying = (
  model: BuyingModel,
  histories: readonly History[],
  day: number,
  days: number,
): JudgedBuying => {
  const known = histories.flatMap(history => {
    const buyer = buyerAsOf(history, day);
    return buyer && isUsableBuyer(buyer)
      ? [{ buyer, later: history.filter(one => one.day > day && one.day <= day + days) }]
      : [];
  });
  const buyers = known.map(({ buyer }) => buyer);
  const column = (of: (one: (typeof known)[number]) => number) => Float64Array.from(known, of);
  const bought = column(({ later }) => later.length);
  const did = bought.map(count => (count > 0 ? 1 : 0));
  const returned = column(({ later }) => (later.some(one => one.day <= day + model.churnDays) ? 1 : 0));
  const weeks = days / daysPerWeek;
  return {
    people: known.length,
    days,
    purchases: judgedSums(
      column(({ buyer }) => purchasesToCome(model, buyer, weeks)),
      bought,
      buyers,
      did,
    ),
    money: judgedSums(
      column(({ buyer }) => moneyToCome(model, buyer, weeks)),
      column(({ later }) => later.reduce((sum, { amount }) => sum + amount, 0)),
      buyers,
      did,
    ),
    returning: judgeChances(
      column(({ buyer }) => chanceOfReturn(model, buyer)),
      returned,
    ),
    returningByRecency: areaUnderCurve(Float64Array.from(buyers, baselines.recency), returned),
  };
};
