import { parseArgs } from 'node:util';
import { type BaselineName, type JudgedSums, judgeBuying } from '../../core/engines/intelligence/judge-buying.ts';
import { trainBuying } from '../../core/engines/intelligence/train-buying.ts';
import { simulatedBuyers } from '../fixtures/simulated-buyers.ts';
import { modelSpeed } from './models/model-speed.ts';
import { type PurchaseHistories, readHistories } from './models/purchase-histories.ts';
import type { Bench } from './run.ts';

const [weeks, churnDays, purchasesOffMax, moneyOffMax, slopeMin, slopeMax] = [39, 91, 0.1, 0.15, 0.8, 1.2];

/** Without a file: a shop that the models know. */
const simulated = (seed: number): PurchaseHistories => ({
  histories: simulatedBuyers({
    ...{ r: 0.6, alpha: 7, a: 0.7, b: 2.4, p: 5, q: 4, v: 30 },
    ...{ customers: 20_000, joiningDays: 84, days: 2 * weeks * 7, seed },
  }),
  from: 0,
});

interface Bar {
  line: string;
  holds: boolean;
}

const orderBars = (what: string, { order, baselines }: JudgedSums): Bar[] =>
  (['spearman', 'spearmanByLot', 'areaUnderCurve'] as const).map(measure => {
    const best = (Object.keys(baselines) as BaselineName[])
      .map(name => ({ name, value: baselines[name][measure] }))
      .reduce((most, one) => (one.value > most.value ? one : most));
    return {
      line: `${what}: ${measure} ${order[measure].toFixed(4)} (≥ ${best.value.toFixed(4)} of ${best.name})`,
      holds: order[measure] >= best.value,
    };
  });

const totalBar = (what: string, { expected, happened }: JudgedSums, offMax: number): Bar => {
  const off = expected / happened - 1;
  return {
    line: `${what}: ${expected.toFixed(0)} expected, ${happened.toFixed(0)} came: off by ${(100 * off).toFixed(1)} % (within ${100 * offMax} %)`,
    holds: Math.abs(off) <= offMax,
  };
};

/**
 * Learns from the first 39 weeks and tells what comes in the next 39: `--data <CSV>` of purchases
 * (`customerId,date,…,amount`), or a simulated shop (`--seed <n>`).
 */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: { data: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  const { histories, from } = values.data ? readHistories(values.data) : simulated(Number(values.seed));
  const day = from + weeks * 7 - 1;
  const trained = trainBuying(histories, day, churnDays);
  if (trained.status !== 'fitted') return { line: `models: ${trained.status}: ${trained.reason}`, holds: false };
  console.log(JSON.stringify({ ...trained.model.purchases, ...trained.model.spend }));
  const { people, purchases, money, returning, returningByRecency } = judgeBuying(
    trained.model,
    histories,
    day,
    weeks * 7,
  );
  const bars: Bar[] = [
    ...orderBars('transactions', purchases),
    ...orderBars('dollars', money),
    totalBar('transactions', purchases, purchasesOffMax),
    totalBar('dollars', money, moneyOffMax),
    ...[purchases, money].map(({ slope }, place) => ({
      line: `${place === 0 ? 'transactions' : 'dollars'}: slope of calibration ${slope.toFixed(3)} (${slopeMin} to ${slopeMax})`,
      holds: slope >= slopeMin && slope <= slopeMax,
    })),
    {
      line: `returning within ${churnDays} days: AUC ${returning.areaUnderCurve.toFixed(4)} (≥ ${returningByRecency.toFixed(4)} of recency), Brier ${returning.brier.toFixed(4)} (< ${returning.brierOfRate.toFixed(4)}), calibration off by ${returning.calibrationError.toFixed(4)}`,
      holds: returning.areaUnderCurve >= returningByRecency && returning.brier < returning.brierOfRate,
    },
    ...(await modelSpeed(trained.model, histories, day)),
  ];
  for (const { line, holds } of bars) console.log(`${holds ? 'ok  ' : 'MISS'} ${line}`);
  const missed = bars.filter(({ holds }) => !holds);
  return {
    line: `models: ${people} customers, ${bars.length - missed.length} of ${bars.length} bars reached`,
    holds: missed.length === 0,
  };
};
