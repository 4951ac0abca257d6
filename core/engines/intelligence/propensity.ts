import type { CustomerHistory } from '../../model/customer-history.ts';
import { type Calibration, calibrated, learnCalibration } from './calibration.ts';
import type { Fit } from './fit.ts';
import { type Examples, fitLinear } from './fit-linear.ts';
import { type JudgedChances, judgeChances } from './judged-chances.ts';
import { type LinearModel, predicted } from './linear-model.ts';
import { areaUnderCurve } from './ranks.ts';

/** How likely somebody buys something in the next `windowDays`, by what they did of late. Plain data. */
export interface PropensityModel {
  model: LinearModel;
  calibration: Calibration;
  windowDays: number;
}

export const propensityFeatures = [
  'purchases30',
  'purchases90',
  'purchaseDays',
  'sincePurchase',
  'basket',
  'events7',
  'events30',
  'events90',
  'intents7',
  'intents30',
  'sinceSeen',
  'known',
] as const;

/** Of whoever never bought: longer ago than anybody's last purchase. */
const daysMax = 3650;

/** What is known of somebody as of a day; counts and days as logarithms, since the first of each tells most. */
export const propensityRow = ({ purchases, activity }: CustomerHistory, day: number): number[] => {
  const bought = purchases.filter(purchase => purchase.day <= day);
  const active = activity.filter(one => one.day <= day);
  const boughtIn = (days: number) => bought.filter(purchase => purchase.day > day - days).length;
  const sumIn = (days: number, of: 'events' | 'intents') =>
    active.reduce((sum, one) => (one.day > day - days ? sum + one[of] : sum), 0);
  const [firstBought, firstActive] = [bought[0]?.day ?? day, active[0]?.day ?? day];
  const lastBought = bought.at(-1)?.day;
  const lastSeen = Math.max(lastBought ?? Number.NEGATIVE_INFINITY, active.at(-1)?.day ?? Number.NEGATIVE_INFINITY);
  const brought = bought.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  return [
    boughtIn(30),
    boughtIn(90),
    bought.length,
    Math.min(daysMax, lastBought === undefined ? daysMax : day - lastBought),
    bought.length === 0 ? 0 : brought / bought.length,
    sumIn(7, 'events'),
    sumIn(30, 'events'),
    sumIn(90, 'events'),
    sumIn(7, 'intents'),
    sumIn(30, 'intents'),
    Math.min(daysMax, day - Math.max(lastSeen, day - daysMax)),
    day - Math.min(firstBought, firstActive),
  ].map(Math.log1p);
};

const isKnown = ({ purchases, activity }: CustomerHistory, day: number): boolean =>
  (purchases[0]?.day ?? Number.POSITIVE_INFINITY) <= day || (activity[0]?.day ?? Number.POSITIVE_INFINITY) <= day;

const examplesAt = (people: readonly CustomerHistory[], day: number, windowDays: number): Examples => {
  const width = propensityFeatures.length;
  const rows = new Float64Array(people.length * width);
  for (const [place, person] of people.entries()) rows.set(propensityRow(person, day), place * width);
  const bought = ({ purchases }: CustomerHistory) =>
    purchases.some(one => one.day > day && one.day <= day + windowDays);
  return { features: propensityFeatures, rows, targets: Float64Array.from(people, one => (bought(one) ? 1 : 0)) };
};

/** Two thirds teach the weights, one third what they mean. */
const isForCalibration = (_: unknown, place: number) => place % 3 === 2;

/** Learns from what people had done as of `day − windowDays`, and who of them bought until `day`. */
export const trainPropensity = (
  histories: readonly CustomerHistory[],
  day: number,
  windowDays: number,
): Fit<PropensityModel> => {
  const cut = day - windowDays;
  const people = histories.filter(person => isKnown(person, cut));
  const teaching = people.filter((person, place) => !isForCalibration(person, place));
  const fit = fitLinear(examplesAt(teaching, cut, windowDays), 'logistic');
  if (fit.status !== 'fitted') return fit;
  const others = people.filter(isForCalibration);
  const { targets } = examplesAt(others, cut, windowDays);
  const chances = Float64Array.from(others, person => predicted(fit.model, propensityRow(person, cut)));
  const calibration = learnCalibration(chances, targets);
  return { ...fit, model: { model: fit.model, calibration, windowDays } };
};

export const chanceOfPurchase = (
  { model, calibration }: PropensityModel,
  history: CustomerHistory,
  day: number,
): number => calibrated(calibration, predicted(model, propensityRow(history, day)));

const sinceSeenAt = propensityFeatures.indexOf('sinceSeen');
const sincePurchaseAt = propensityFeatures.indexOf('sincePurchase');

/** Holds a model that was learnt up to a day against the `windowDays` after it, beside plain orders by recency. */
export const judgePropensity = (
  model: PropensityModel,
  histories: readonly CustomerHistory[],
  day: number,
): JudgedChances & { byRecency: number } => {
  const people = histories.filter(person => isKnown(person, day));
  const { targets, rows } = examplesAt(people, day, model.windowDays);
  const chances = Float64Array.from(people, person => chanceOfPurchase(model, person, day));
  const recencyBy = (feature: number) =>
    areaUnderCurve(
      Float64Array.from(people, (_, place) => -(rows[place * propensityFeatures.length + feature] ?? 0)),
      targets,
    );
  const byRecency = Math.max(recencyBy(sinceSeenAt), recencyBy(sincePurchaseAt));
  return { ...judgeChances(chances, targets), byRecency };
};
