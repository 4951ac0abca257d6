import type { Buyers } from './buyers.ts';
import { climb, type Slope } from './climb.ts';
import { type Fit, isWithin } from './fit.ts';
import { digamma, logGamma } from './log-gamma.ts';
import type { SpendModel } from './spend-model.ts';

/** Those who bought again and paid for it. */
interface Spenders {
  frequency: Float64Array;
  spend: Float64Array;
  /** How many there are of each frequency. */
  counts: [frequency: number, people: number][];
}

const spendersIn = ({ frequency, spend }: Buyers): Spenders => {
  const isOne = (_: number, place: number) => (frequency[place] ?? 0) > 0 && (spend[place] ?? 0) > 0;
  const [repeats, means] = [frequency.filter(isOne), spend.filter(isOne)];
  const counts = new Map<number, number>();
  for (const x of repeats) counts.set(x, (counts.get(x) ?? 0) + 1);
  return { frequency: repeats, spend: means, counts: [...counts] };
};

/** The mean log-likelihood by the logarithms of p, q and v: that of the mean spend of x purchases. */
const likelihood =
  ({ frequency, spend, counts }: Spenders): Slope =>
  at => {
    const [p, q, v] = at.map(Math.exp) as [number, number, number];
    const people = frequency.length;
    let value = people * (q * Math.log(v) - logGamma(q));
    let byP = 0;
    let byQ = people * (Math.log(v) - digamma(q));
    let byV = (people * q) / v;
    for (const [x, alike] of counts) {
      value += alike * (logGamma(p * x + q) - logGamma(p * x) + p * x * Math.log(x));
      byP += alike * x * (digamma(p * x + q) - digamma(p * x) + Math.log(x));
      byQ += alike * digamma(p * x + q);
    }
    for (let place = 0; place < people; place += 1) {
      const [x, mean] = [frequency[place] ?? 0, spend[place] ?? 0];
      const [logMean, logSum] = [Math.log(mean), Math.log(x * mean + v)];
      value += (p * x - 1) * logMean - (p * x + q) * logSum;
      byP += x * (logMean - logSum);
      byQ -= logSum;
      byV -= (p * x + q) / (x * mean + v);
    }
    return { value: value / people, gradient: [(byP * p) / people, (byQ * q) / people, (byV * v) / people] };
  };

/** The model that makes what these people paid most likely. Its mean exists only where q is more than 1. */
export const fitSpend = (buyers: Buyers): Fit<SpendModel> => {
  const spenders = spendersIn(buyers);
  const people = spenders.frequency.length;
  if (people === 0) return { status: 'insufficient_data', reason: 'nobody paid for a second purchase' };
  const mean = spenders.spend.reduce((sum, one) => sum + one, 0) / people;
  if (spenders.spend.every(one => one === spenders.spend[0]))
    return { status: 'insufficient_data', reason: 'everybody pays the same: there is nothing to be told apart' };
  /** Money in units of the mean: so that a currency does not matter. */
  const scaled = { ...spenders, spend: spenders.spend.map(one => one / mean) };
  const { at, value, steps, converged } = climb(likelihood(scaled), [4, 4, 3].map(Math.log));
  const [p, q, v] = at.map(Math.exp) as [number, number, number];
  if (!converged || !isWithin([p, q, v]) || q <= 1)
    return { status: 'no_convergence', reason: 'no spread of what people pay makes these payments most likely' };
  return { status: 'fitted', model: { p, q, v: v * mean }, logLikelihood: value - Math.log(mean), steps };
};
