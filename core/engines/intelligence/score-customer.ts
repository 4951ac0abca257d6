import type { CustomerHistory } from '../../model/customer-history.ts';
import type { Bought, Scores } from '../../model/scores.ts';
import { type Buyer, buyerAsOf, daysPerWeek, isUsableBuyer } from './buyers.ts';
import { type BuyingModel, buyingScores } from './buying-model.ts';
import { chanceOfPurchase, type PropensityModel } from './propensity.ts';

/** The models that score, and what they are called together. */
export interface ScoringModels {
  name: string;
  churn?: BuyingModel;
  ltv?: BuyingModel;
  propensity?: PropensityModel;
}

const dayMilliseconds = 86_400_000;
export const dayOf = (at: number): number => Math.floor(at / dayMilliseconds);

const boughtOf = ({ purchases }: CustomerHistory, day: number): Bought | undefined => {
  const buyer = buyerAsOf(purchases, day);
  const until = purchases.filter(purchase => purchase.day <= day);
  const [first, last] = [until[0]?.day, until.at(-1)?.day];
  if (!buyer || !isUsableBuyer(buyer) || first === undefined || last === undefined) return undefined;
  return { frequency: buyer.frequency, firstDay: first, lastDay: last, spend: buyer.spend, basket: buyer.basket };
};

export const buyerOn = ({ frequency, firstDay, lastDay, spend, basket }: Bought, day: number): Buyer => ({
  frequency,
  recency: (lastDay - firstDay) / daysPerWeek,
  age: Math.max(0, Math.max(day, lastDay) - firstDay) / daysPerWeek,
  spend,
  basket,
});

const rounded = (value: number): number => Math.round(value) + 0;

/** What two models say of who bought so much, as of now (epoch ms). */
export const scoresOfBought = (
  bought: Bought,
  { churn, ltv }: Pick<ScoringModels, 'churn' | 'ltv'>,
  now: number,
): Pick<Scores, 'churnRisk' | 'ltv12m' | 'bought'> => {
  const buyer = buyerOn(bought, dayOf(now));
  return {
    ...(churn ? { churnRisk: rounded(buyingScores(churn, buyer).churnRisk) } : {}),
    ...(ltv ? { ltv12m: rounded(buyingScores(ltv, buyer).ltv12m) } : {}),
    bought,
  };
};

/** Everything that is predicted of somebody, as of now (epoch ms). Of what no model knows there is no score. */
export const scoreCustomer = (history: CustomerHistory, models: ScoringModels, now: number): Scores => {
  const day = dayOf(now);
  const bought = boughtOf(history, day);
  const { propensity } = models;
  return {
    at: now,
    models: models.name,
    ...(bought ? scoresOfBought(bought, models, now) : {}),
    ...(propensity ? { purchasePropensity: rounded(100 * chanceOfPurchase(propensity, history, day)) } : {}),
  };
};

/** What was bought, with one more purchase in it; one of an older day than the last is left to the next night. */
export const withPurchase = (bought: Bought, at: number, amount: number): Bought => {
  const day = dayOf(at);
  if (day <= bought.lastDay) return bought;
  const { frequency, spend, basket } = bought;
  return {
    ...bought,
    frequency: frequency + 1,
    lastDay: day,
    spend: (spend * frequency + amount) / (frequency + 1),
    basket: (basket * (frequency + 1) + amount) / (frequency + 2),
  };
};
