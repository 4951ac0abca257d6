import type { Buyers } from './buyers.ts';
import { climb, type Slope } from './climb.ts';
import { type Fit, isWithin } from './fit.ts';
import type { PurchaseModel } from './purchase-model.ts';

/** People of whom all is the same, and how many they are. */
interface Alike {
  frequency: Float64Array;
  recency: Float64Array;
  age: Float64Array;
  count: Float64Array;
  /** The sum of counts. */
  people: number;
  frequencyMax: number;
}

const alikeIn = ({ frequency, recency, age }: Buyers): Alike => {
  const groups = new Map<string, number[]>();
  for (let place = 0; place < frequency.length; place += 1) {
    const key = `${frequency[place]} ${recency[place]} ${age[place]}`;
    const group = groups.get(key);
    if (group) group[3] = (group[3] ?? 0) + 1;
    else groups.set(key, [frequency[place] ?? 0, recency[place] ?? 0, age[place] ?? 0, 1]);
  }
  const all = [...groups.values()];
  const column = (index: number) => Float64Array.from(all, group => group[index] ?? 0);
  return {
    frequency: column(0),
    recency: column(1),
    age: column(2),
    count: column(3),
    people: frequency.length,
    frequencyMax: frequency.reduce((most, one) => Math.max(most, one), 0),
  };
};

/** ln Γ(p + x) − ln Γ(p), and its derivative by p, for every whole x up to the largest. */
const risingTo = (p: number, largest: number): { logs: Float64Array; slopes: Float64Array } => {
  const [logs, slopes] = [new Float64Array(largest + 1), new Float64Array(largest + 1)];
  for (let x = 1; x <= largest; x += 1) {
    logs[x] = (logs[x - 1] ?? 0) + Math.log(p + x - 1);
    slopes[x] = (slopes[x - 1] ?? 0) + 1 / (p + x - 1);
  }
  return { logs, slopes };
};

/** The mean log-likelihood (equation (6) of the paper) by the logarithms of r, α, a and b. */
const likelihood =
  ({ frequency, recency, age, count, people, frequencyMax }: Alike): Slope =>
  at => {
    const [r, alpha, a, b] = at.map(Math.exp) as [number, number, number, number];
    const [ofR, ofB, ofAB] = [r, b, a + b].map(p => risingTo(p, frequencyMax)) as [Rising, Rising, Rising];
    const [logAlpha, logA] = [Math.log(alpha), Math.log(a)];
    let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
    for (let place = 0; place < frequency.length; place += 1) {
      const [x, people] = [frequency[place] ?? 0, count[place] ?? 0];
      const [toNow, toLast] = [alpha + (age[place] ?? 0), alpha + (recency[place] ?? 0)];
      const [logNow, logLast] = [Math.log(toNow), Math.log(toLast)];
      const stays = -(r + x) * logNow;
      const leaves = x === 0 ? Number.NEGATIVE_INFINITY : logA - Math.log(b + x - 1) - (r + x) * logLast;
      const most = Math.max(stays, leaves);
      const sum = Math.exp(stays - most) + Math.exp(leaves - most);
      const left = Math.exp(leaves - most) / sum;
      const stayed = 1 - left;
      const [riseR = 0, riseB = 0, riseAB = 0] = [ofR.logs[x], ofB.logs[x], ofAB.logs[x]];
      value += people * (riseR + r * logAlpha + riseB - riseAB + most + Math.log(sum));
      byR += people * ((ofR.slopes[x] ?? 0) + logAlpha - stayed * logNow - left * logLast);
      byAlpha += people * (r / alpha - (r + x) * (stayed / toNow + left / toLast));
      byA += people * (left / a - (ofAB.slopes[x] ?? 0));
      byB += people * ((ofB.slopes[x] ?? 0) - (ofAB.slopes[x] ?? 0) - (x === 0 ? 0 : left / (b + x - 1)));
    }
    return {
      value: value / people,
      gradient: [(byR * r) / people, (byAlpha * alpha) / people, (byA * a) / people, (byB * b) / people],
    };
  };

type Rising = ReturnType<typeof risingTo>;

/** From several places, since a likelihood may have a ledge. */
const starts = (meanAge: number): number[][] => [
  [0.5, meanAge / 4, 0.8, 2.5].map(Math.log),
  [1, meanAge, 0.2, 4].map(Math.log),
];

/** The model that makes what these people did most likely. */
export const fitPurchases = (buyers: Buyers): Fit<PurchaseModel> => {
  const alike = alikeIn(buyers);
  const repeats = buyers.frequency.some(x => x > 0);
  if (!repeats) return { status: 'insufficient_data', reason: 'nobody bought a second time' };
  if (!buyers.age.some(age => age > 0))
    return { status: 'insufficient_data', reason: 'all first bought on one day, today' };
  const meanAge = buyers.age.reduce((sum, age) => sum + age, 0) / buyers.age.length;
  const slope = likelihood(alike);
  for (const start of starts(meanAge)) {
    const { at, value, steps, converged } = climb(slope, start);
    const [r, alpha, a, b] = at.map(Math.exp) as [number, number, number, number];
    if (converged && isWithin([r, alpha, a, b]))
      return { status: 'fitted', model: { r, alpha, a, b }, logLikelihood: value, steps };
  }
  return { status: 'no_convergence', reason: 'no rates of purchase and of leaving make these purchases most likely' };
};
