import { type Buyer, daysPerWeek } from './buyers.ts';
import { type LinearModel, predicted } from './linear-model.ts';
import { expectedPurchases, type PurchaseModel } from './purchase-model.ts';
import { expectedSpend, type SpendModel } from './spend-model.ts';

/** What is expected of somebody who has bought before. Plain data. */
export interface BuyingModel {
  purchases: PurchaseModel;
  spend: SpendModel;
  /** By what a later period has shown `purchases` to tell people apart too little, where that was more than chance. */
  correction?: LinearModel;
  /** How likely a purchase is in the next `churnDays`, by what is expected in them. */
  returning: LinearModel;
  churnDays: number;
}

/** What is told of somebody. */
export interface BuyingScores {
  /** 0 to 100: how likely nothing is bought in the next `churnDays`. */
  churnRisk: number;
  /** What purchases of the next twelve months are expected to bring, in the account currency. */
  ltv12m: number;
}

/** What the correction goes by, whatever the horizon is. */
export const buyingFeatures = ['repeats', 'purchaseDays', 'activeShare', 'basket'] as const;

export const buyingRow = ({ frequency, recency, age, basket }: Buyer): number[] => [
  frequency > 0 ? 1 : 0,
  Math.log1p(frequency),
  age > 0 ? recency / age : 0,
  Math.log1p(basket),
];

/** The same, with what is expected in so many weeks. */
export const returningFeatures = ['expected', ...buyingFeatures] as const;

export const returningRow = (purchases: PurchaseModel, buyer: Buyer, weeks: number): number[] => [
  Math.log(Math.max(1e-9, expectedPurchases(purchases, buyer, weeks))),
  ...buyingRow(buyer),
];

/** How many purchases are expected in so many weeks to come. */
export const purchasesToCome = ({ purchases, correction }: BuyingModel, buyer: Buyer, weeks: number): number => {
  const expected = expectedPurchases(purchases, buyer, weeks);
  return correction ? expected * predicted(correction, buyingRow(buyer)) : expected;
};

/** What they are expected to bring. */
export const moneyToCome = (model: BuyingModel, buyer: Buyer, weeks: number): number =>
  purchasesToCome(model, buyer, weeks) * expectedSpend(model.spend, buyer);

/** How likely anything is bought in the next `churnDays`. */
export const chanceOfReturn = ({ purchases, returning, churnDays }: BuyingModel, buyer: Buyer): number =>
  predicted(returning, returningRow(purchases, buyer, churnDays / daysPerWeek));

const weeksPerYear = 365 / daysPerWeek;

export const buyingScores = (model: BuyingModel, buyer: Buyer): BuyingScores => ({
  churnRisk: 100 * (1 - chanceOfReturn(model, buyer)),
  ltv12m: moneyToCome(model, buyer, weeksPerYear),
});
