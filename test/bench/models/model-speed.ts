import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Buyers, buyerAt, buyersOf } from '../../../core/engines/intelligence/buyers.ts';
import { type BuyingModel, buyingScores } from '../../../core/engines/intelligence/buying-model.ts';
import { fitLinear } from '../../../core/engines/intelligence/fit-linear.ts';
import { fitPurchases } from '../../../core/engines/intelligence/fit-purchases.ts';
import { fitSpend } from '../../../core/engines/intelligence/fit-spend.ts';
import { buyersAsOf, type History } from '../../../core/engines/intelligence/train-buying.ts';
import type { Scores } from '../../../core/model/scores.ts';
import { duckdb } from '../../../functions/adapters/lake/duckdb.ts';
import { writeScores } from '../../../functions/adapters/lake/history/duckdb-score-files.ts';
import { normalDrawn } from '../../fixtures/drawn-numbers.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';

const [fitSecondsMax, propensitySecondsMax, megabytesMax, liveMicrosecondsMax] = [2, 15, 1000, 50];

const secondsOf = (work: () => unknown): number => {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
};

/** Processor time: other work on the machine does not count. */
export interface Speed {
  line: string;
  holds: boolean;
}

const fits = (buyers: Buyers): Speed => {
  const seconds = secondsOf(() => [fitPurchases(buyers), fitSpend(buyers)]);
  return {
    line: `both fits of ${buyers.frequency.length} customers: ${seconds.toFixed(2)} s (≤ ${fitSecondsMax})`,
    holds: seconds <= fitSecondsMax,
  };
};

const [propensityRows, propensityFeatures] = [1_000_000, 20];

const propensity = (): Speed => {
  const random = seededRandom(1);
  const rows = Float64Array.from({ length: propensityRows * propensityFeatures }, () => normalDrawn(random));
  const targets = Float64Array.from({ length: propensityRows }, (_, row) =>
    normalDrawn(random) + (rows[row * propensityFeatures] ?? 0) > 1 ? 1 : 0,
  );
  const features = Array.from({ length: propensityFeatures }, (_, place) => `feature${place}`);
  let status = '';
  const seconds = secondsOf(() => {
    status = fitLinear({ features, rows, targets }, 'logistic').status;
  });
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return {
    line: `propensity of ${propensityRows} × ${propensityFeatures}: ${status} in ${seconds.toFixed(1)} s (≤ ${propensitySecondsMax}), ${megabytes.toFixed(0)} MB (≤ ${megabytesMax})`,
    holds: status === 'fitted' && seconds <= propensitySecondsMax && megabytes <= megabytesMax,
  };
};

const live = (model: BuyingModel, buyers: Buyers): Speed => {
  const count = 200_000;
  let sum = 0;
  const seconds = secondsOf(() => {
    for (let one = 0; one < count; one += 1)
      sum += buyingScores(model, buyerAt(buyers, one % buyers.frequency.length)).churnRisk;
  });
  const microseconds = (seconds * 1e6) / count;
  return {
    line: `a live score: ${microseconds.toFixed(1)} µs (≤ ${liveMicrosecondsMax}), ${(sum / count).toFixed(0)} on average`,
    holds: microseconds <= liveMicrosecondsMax,
  };
};

const [peopleWritten, writeSecondsMax] = [1_000_000, 5];

/** Everybody scored, and written to a Parquet file. */
const written = async (model: BuyingModel, buyers: Buyers): Promise<Speed> => {
  const folder = mkdtempSync(join(tmpdir(), 'cdp-scores-'));
  const begun = process.cpuUsage();
  const scores = Array.from({ length: peopleWritten }, (_, place): [string, Scores] => {
    const { churnRisk, ltv12m } = buyingScores(model, buyerAt(buyers, place % buyers.frequency.length));
    const id = `profile-${String(place).padStart(26, '0')}`;
    return [id, { at: 0, models: 'churn-1,ltv-1', churnRisk: Math.round(churnRisk), ltv12m: Math.round(ltv12m) }];
  });
  try {
    await writeScores(duckdb(), scores, join(folder, 'scores.parquet'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { user, system } = process.cpuUsage(begun);
  const seconds = (user + system) / 1e6;
  return {
    line: `${peopleWritten} profiles scored to Parquet: ${seconds.toFixed(1)} s (≤ ${writeSecondsMax})`,
    holds: seconds <= writeSecondsMax,
  };
};

export const modelSpeed = async (model: BuyingModel, histories: readonly History[], day: number): Promise<Speed[]> => {
  const buyers = buyersOf(buyersAsOf(histories, day));
  return [fits(buyers), live(model, buyers), propensity(), await written(model, buyers)];
};
