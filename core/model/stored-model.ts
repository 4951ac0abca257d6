export const modelNames = ['churn', 'ltv', 'propensity'] as const;
export type ModelName = (typeof modelNames)[number];

/**
 * `ready`: it was better than the baseline in the days after it was learnt, and scores. `not_better`: it was not, and
 * does not. The others say why there is none.
 */
export const modelStatuses = ['ready', 'not_better', 'insufficient_data', 'no_convergence'] as const;
export type ModelStatus = (typeof modelStatuses)[number];

/** What one training came to; kept whether or not it scores. */
export interface StoredModel {
  id: string;
  version: number;
  name: ModelName;
  /** Of this name, from 1. */
  number: number;
  status: ModelStatus;
  /** Why it is not ready. */
  reason?: string;
  /** ISO 8601. */
  trainedAt: string;
  /** How many days ahead it looks. */
  windowDays: number;
  /** What there was to learn from, and what must be there. */
  met: Record<string, number>;
  needs: Record<string, number>;
  /** How good it was in the days after it was learnt, and how good the baseline. */
  metrics?: Record<string, unknown>;
  /** The model itself. Plain data. */
  parameters?: unknown;
}

export const modelId = (name: ModelName, number: number): string => `${name}-${number}`;

/** The newest that scores. */
export const scoringModel = (models: readonly StoredModel[], name: ModelName): StoredModel | undefined =>
  models
    .filter(model => model.name === name && model.status === 'ready')
    .sort((one, other) => other.number - one.number)[0];

/** The newest of a name, whatever it came to. */
export const newestModel = (models: readonly StoredModel[], name: ModelName): StoredModel | undefined =>
  models.filter(model => model.name === name).sort((one, other) => other.number - one.number)[0];
