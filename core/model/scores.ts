/** What somebody has bought, as a model last saw it; days since 1970. */
export interface Bought {
  /** On how many further days, after the day of the first purchase. */
  frequency: number;
  firstDay: number;
  lastDay: number;
  /** The mean of what a repeat day brought, and of what every day brought. */
  spend: number;
  basket: number;
}

/** What was predicted of a profile. Rounded: a score that moves by less is the same. */
export interface Scores {
  /** As of when, epoch ms. */
  at: number;
  /** Which models said so: `churn-3,ltv-2`. */
  models: string;
  /** 0 to 100. */
  churnRisk?: number;
  /** In whole units of the account currency. */
  ltv12m?: number;
  /** 0 to 100. */
  purchasePropensity?: number;
  /** What the first two go by, so that they follow a purchase at once. */
  bought?: Bought;
}

export const scoreNames = ['churnRisk', 'ltv12m', 'purchasePropensity'] as const;

/** Whether any score of the two differs; each is a whole number. */
export const haveMoved = (before: Scores | undefined, after: Scores): boolean =>
  scoreNames.some(name => before?.[name] !== after[name]);
