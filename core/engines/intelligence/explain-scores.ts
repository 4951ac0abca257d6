import type { Bought } from '../../model/scores.ts';
import { daysPerWeek } from './buyers.ts';
import { type BuyingModel, buyingScores, returningRow } from './buying-model.ts';
import { contributions } from './linear-model.ts';
import { buyerOn } from './score-customer.ts';

/** What made a score what it is, in words. */
export interface ScoreFactor {
  score: 'churnRisk' | 'ltv12m';
  factor: string;
  effect: 'raises' | 'lowers';
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What each feature of the churn score says of somebody, in the order of the features. */
const wordsOf = ({ frequency, firstDay, lastDay, basket }: Bought, day: number): string[] => [
  `last bought ${counted(day - lastDay, 'day')} ago, a customer for ${counted(day - firstDay, 'day')}`,
  frequency > 0 ? 'came back after the first purchase' : 'bought once and did not come back',
  `bought on ${counted(frequency + 1, 'day')}`,
  frequency > 0 ? `was buying for ${counted(lastDay - firstDay, 'day')}` : 'has no second purchase yet',
  `spends ${basket.toFixed(2)} on a day of purchase`,
];

const factorsMax = 3;
const counts = 0.05;

/** The weightiest reasons of the churn score: what makes it likely to come back lowers it. */
export const churnFactors = (model: BuyingModel, bought: Bought, day: number): ScoreFactor[] => {
  const row = returningRow(model.purchases, buyerOn(bought, day), model.churnDays / daysPerWeek);
  const words = wordsOf(bought, day);
  return contributions(model.returning, row)
    .map((share, place) => ({ share, factor: words[place] ?? '' }))
    .filter(({ share }) => Math.abs(share) > counts)
    .sort((one, other) => Math.abs(other.share) - Math.abs(one.share))
    .slice(0, factorsMax)
    .map(({ share, factor }) => ({ score: 'churnRisk', factor, effect: share > 0 ? 'lowers' : 'raises' }));
};

/** What the value would be if one thing were otherwise: a purchase more today, or none of the repeats. */
export const valueFactors = (model: BuyingModel, bought: Bought, day: number): ScoreFactor[] => {
  const valueWith = (one: Bought) => buyingScores(model, buyerOn(one, day)).ltv12m;
  const value = valueWith(bought);
  const fresh = valueWith({ ...bought, lastDay: bought.frequency > 0 ? day : bought.lastDay });
  const once = valueWith({ ...bought, frequency: 0, lastDay: bought.firstDay, spend: 0 });
  return [
    ...(fresh > value * 1.05
      ? [
          {
            score: 'ltv12m' as const,
            factor: `last bought ${counted(day - bought.lastDay, 'day')} ago`,
            effect: 'lowers' as const,
          },
        ]
      : []),
    ...(bought.frequency > 0
      ? [
          {
            score: 'ltv12m' as const,
            factor: `bought again on ${counted(bought.frequency, 'day')}, for ${bought.spend.toFixed(2)} on average`,
            effect: value >= once ? ('raises' as const) : ('lowers' as const),
          },
        ]
      : [{ score: 'ltv12m' as const, factor: 'bought once and did not come back', effect: 'lowers' as const }]),
  ];
};
