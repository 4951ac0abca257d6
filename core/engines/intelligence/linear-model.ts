/** What a linear sum is turned into: a probability, or how many are to be expected. */
export type Link = 'logistic' | 'poisson';

/** A value is taken as so many spreads from its mean; what never varied counts for nothing. */
interface Scale {
  mean: number;
  /** 0 where the feature is constant. */
  spread: number;
}

/** Weights of features, in the order of `features`. Plain data. */
export interface LinearModel {
  link: Link;
  features: readonly string[];
  intercept: number;
  weights: readonly number[];
  scales: readonly Scale[];
}

/** No feature is taken further from its mean than this: one huge value must not decide alone. */
const spreadsMax = 5;
const [sumMax, none] = [30, 0];

/** A feature as the model takes it; what is no number tells nothing. */
export const scaled = (value: number, { mean, spread }: Scale): number => {
  if (!Number.isFinite(value) || spread === 0) return none;
  return Math.min(spreadsMax, Math.max(-spreadsMax, (value - mean) / spread));
};

const linked: Record<Link, (sum: number) => number> = {
  logistic: sum => 1 / (1 + Math.exp(-sum)),
  poisson: Math.exp,
};

export const linkedValue = (link: Link, sum: number): number => linked[link](Math.min(sumMax, Math.max(-sumMax, sum)));

/** How much each feature adds to the sum, beyond what it does of somebody average. */
export const contributions = ({ weights, scales }: LinearModel, row: readonly number[]): number[] =>
  weights.map((weight, place) => weight * scaled(row[place] ?? Number.NaN, scales[place] ?? { mean: 0, spread: 0 }));

/** What the model says of somebody; `offset` is added to the sum as it is. */
export const predicted = (model: LinearModel, row: readonly number[], offset = 0): number => {
  let sum = model.intercept + offset;
  for (let place = 0; place < model.weights.length; place += 1) {
    const scale = model.scales[place];
    if (scale) sum += (model.weights[place] ?? 0) * scaled(row[place] ?? Number.NaN, scale);
  }
  return linkedValue(model.link, sum);
};
