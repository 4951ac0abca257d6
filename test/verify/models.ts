import { parseArgs } from 'node:util';
import { type Buyers, emptyBuyers } from '../../core/engines/intelligence/buyers.ts';
import { fitPurchases } from '../../core/engines/intelligence/fit-purchases.ts';
import { fitSpend } from '../../core/engines/intelligence/fit-spend.ts';
import { judgeBuying } from '../../core/engines/intelligence/judge-buying.ts';
import { chanceAlive, expectedPurchases } from '../../core/engines/intelligence/purchase-model.ts';
import { expectedSpend } from '../../core/engines/intelligence/spend-model.ts';
import { trainBuying } from '../../core/engines/intelligence/train-buying.ts';
import { type Simulation, simulatedBuyers, simulatedTimes } from '../fixtures/simulated-buyers.ts';
import type { Verify } from './run.ts';

/** Two kinds of shops, each followed for three years. */
const shops = [
  { name: 'often', r: 0.9, alpha: 5, a: 0.9, b: 3, p: 6, q: 4, v: 15 },
  { name: 'seldom', r: 1.6, alpha: 14, a: 1.4, b: 4, p: 2.5, q: 3.5, v: 80 },
];
const offMax = 0.05;

const exactBuyers = (simulation: Simulation): Buyers => {
  const buyers = emptyBuyers(simulation.customers);
  simulatedTimes(simulation).forEach(({ times, amounts }, place) => {
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    buyers.frequency[place] = times.length - 1;
    buyers.recency[place] = (last - first) / 7;
    buyers.age[place] = (simulation.days - first) / 7;
    const repeats = amounts.slice(1);
    buyers.spend[place] = repeats.length === 0 ? 0 : repeats.reduce((sum, one) => sum + one, 0) / repeats.length;
  });
  return buyers;
};

const recoveryFaults = (customers: number): string[] =>
  shops.flatMap(({ name, ...truth }, place) => {
    const buyers = exactBuyers({ ...truth, customers, joiningDays: 365, days: 1095, seed: 101 + place });
    const [purchases, spend] = [fitPurchases(buyers), fitSpend(buyers)];
    if (purchases.status !== 'fitted' || spend.status !== 'fitted')
      return [`${name}: ${purchases.status}, ${spend.status}`];
    const found: Record<string, number> = { ...purchases.model, ...spend.model };
    return Object.entries(truth).flatMap(([parameter, value]) => {
      const off = (found[parameter] ?? 0) / value - 1;
      console.log(`${name}: ${parameter} ${found[parameter]?.toFixed(4)} of ${value} (${(100 * off).toFixed(1)} %)`);
      return Math.abs(off) <= offMax ? [] : [`${name}: ${parameter} is off by ${(100 * off).toFixed(1)} %`];
    });
  });

/** At the parameters that the papers print, what the papers print. */
const closedForms = (): [what: string, value: number, printed: number, within: number][] => {
  const model = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
  const customer = { frequency: 2, recency: 30.43, age: 38.86 };
  const spend = { p: 6.25, q: 3.74, v: 15.44 };
  return [
    ['expected purchases of customer 1 in 39 weeks', expectedPurchases(model, customer, 39), 1.226, 5e-4],
    ['customer 1 alive', chanceAlive(model, customer), 0.7266, 5e-4],
    ['spend of x = 2, mean 22.35', expectedSpend(spend, { frequency: 2, spend: 22.35 }), 24.66, 0.02],
    ['spend of x = 7, mean 73.74', expectedSpend(spend, { frequency: 7, spend: 73.74 }), 71.46, 0.02],
    ['spend of whoever bought once', expectedSpend(spend, { frequency: 0, spend: 0 }), 35.2, 0.05],
  ];
};

const formFaults = (): string[] =>
  closedForms().flatMap(([what, value, printed, within]) => {
    console.log(`${what}: ${value.toFixed(4)}, printed ${printed}`);
    return Math.abs(value - printed) <= within ? [] : [`${what} is ${value}`];
  });

/** Learnt up to a day, held against the year after it. */
const calibrationFaults = (customers: number): string[] =>
  shops.flatMap(({ name, ...truth }, place) => {
    const histories = simulatedBuyers({ ...truth, customers, joiningDays: 300, days: 900, seed: 11 + place });
    const trained = trainBuying(histories, 540, 90);
    if (trained.status !== 'fitted') return [`${name}: ${trained.status}: ${trained.reason}`];
    const { purchases, money, returning } = judgeBuying(trained.model, histories, 540, 360);
    const figures: [string, number, number, number][] = [
      ['purchases', purchases.expected / purchases.happened, 0.9, 1.1],
      ['money', money.expected / money.happened, 0.85, 1.15],
      ['slope', purchases.slope, 0.8, 1.2],
      ['calibration of returning', returning.calibrationError, 0, 0.03],
    ];
    return figures.flatMap(([what, value, from, to]) => {
      console.log(`${name}: ${what} ${value.toFixed(3)} (${from} to ${to})`);
      return value >= from && value <= to ? [] : [`${name}: ${what} ${value.toFixed(3)}`];
    });
  });

/**
 * Models lead back to what simulated people were made from (`--customers`, 100,000), say what the papers print, and
 * what they foretell comes true later.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { customers: { type: 'string', default: '100000' } } });
  const customers = Number(values.customers);
  const faults = [...recoveryFaults(customers), ...formFaults(), ...calibrationFaults(Math.min(customers, 20_000))];
  const figure = `parameters of ${customers} simulated customers within 5 %, published closed forms, calibration of a later year`;
  return { line: `models: ${faults.length > 0 ? faults.join('; ') : figure}`, holds: faults.length === 0 };
};
