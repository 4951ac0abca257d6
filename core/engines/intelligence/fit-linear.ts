import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Fit } from './fit.ts';
import { type LinearModel, type Link, linkedValue, scaled } from './linear-model.ts';

/** Rows one after the other in one array, `features.length` values each. */
export interface Examples {
  features: readonly string[];
  rows: Float64Array;
  targets: Float64Array;
  /** Added to the sum of each as it is; absent: nothing. */
  offsets?: Float64Array;
}

/** Draws weights to 0: as if so many people had been seen of whom a feature tells nothing. */
const ridge = 1;
const [roundsMax, still] = [50, 1e-7];

/** Means and spreads of every feature, of those values that are numbers. */
const scalesOf = ({ features, rows }: Examples): LinearModel['scales'] => {
  const width = features.length;
  return features.map((_, place) => {
    let [count, mean, squares] = [0, 0, 0];
    for (let at = place; at < rows.length; at += width) {
      const value = rows[at] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      count += 1;
      const apart = value - mean;
      mean += apart / count;
      squares += apart * (value - mean);
    }
    const spread = count > 1 ? Math.sqrt(squares / count) : 0;
    return { mean, spread: spread > 1e-12 * Math.max(1, Math.abs(mean)) && Number.isFinite(spread) ? spread : 0 };
  });
};

interface Standing {
  /** The first is the intercept. */
  weights: Float64Array;
  /** The logarithm of the likelihood, less the penalty. */
  value: number;
}

/** Sums over all rows: the gradient, and the upper half of the curvature, row by row. */
interface Sums {
  gradient: Float64Array;
  curvature: Float64Array;
  value: number;
}

const likelihoodOf: Record<Link, (target: number, sum: number, mean: number) => number> = {
  logistic: (target, sum) => target * sum - Math.max(0, sum) - Math.log1p(Math.exp(-Math.abs(sum))),
  poisson: (target, sum, mean) => target * sum - mean,
};

const addUp = (
  { targets, offsets }: Examples,
  columns: Float64Array,
  size: number,
  link: Link,
  weights: Float64Array,
): Sums => {
  const [gradient, curvature] = [new Float64Array(size), new Float64Array(size * size)];
  const likelihood = likelihoodOf[link];
  let value = 0;
  for (let at = 0, row = 0; row < targets.length; row += 1, at += size) {
    let sum = offsets?.[row] ?? 0;
    for (let i = 0; i < size; i += 1) sum += (weights[i] ?? 0) * (columns[at + i] ?? 0);
    const mean = linkedValue(link, sum);
    const target = targets[row] ?? 0;
    const weight = link === 'logistic' ? Math.max(1e-10, mean * (1 - mean)) : Math.max(1e-10, mean);
    value += likelihood(target, sum, mean);
    for (let i = 0; i < size; i += 1) {
      const one = columns[at + i] ?? 0;
      gradient[i] = (gradient[i] ?? 0) + one * (target - mean);
      const weighted = weight * one;
      for (let j = i; j < size; j += 1) {
        const place = i * size + j;
        curvature[place] = (curvature[place] ?? 0) + weighted * (columns[at + j] ?? 0);
      }
    }
  }
  return { gradient, curvature, value };
};

/** The penalty is on weights alone, not on the intercept. */
const penalised = ({ gradient, curvature, value }: Sums, weights: Float64Array): Sums => {
  const size = weights.length;
  let penalty = 0;
  for (let i = 1; i < size; i += 1) {
    const weight = weights[i] ?? 0;
    penalty += (ridge * weight * weight) / 2;
    gradient[i] = (gradient[i] ?? 0) - ridge * weight;
    curvature[i * size + i] = (curvature[i * size + i] ?? 0) + ridge;
  }
  return { gradient, curvature, value: value - penalty };
};

const stepOf = ({ gradient, curvature }: Sums): Float64Array | undefined => {
  const size = gradient.length;
  const square = Matrix.zeros(size, size);
  for (let i = 0; i < size; i += 1)
    for (let j = i; j < size; j += 1) {
      const value = curvature[i * size + j] ?? 0;
      square.set(i, j, value);
      square.set(j, i, value);
    }
  const solved = new CholeskyDecomposition(square);
  if (!solved.isPositiveDefinite()) return undefined;
  return Float64Array.from(solved.solve(Matrix.columnVector([...gradient])).to1DArray());
};

const columnsOf = ({ features, rows, targets }: Examples, scales: LinearModel['scales']): Float64Array => {
  const width = features.length;
  const columns = new Float64Array(targets.length * (width + 1));
  for (let row = 0; row < targets.length; row += 1) {
    columns[row * (width + 1)] = 1;
    for (let i = 0; i < width; i += 1) {
      const scale = scales[i];
      if (scale) columns[row * (width + 1) + i + 1] = scaled(rows[row * width + i] ?? Number.NaN, scale);
    }
  }
  return columns;
};

const whyUnusable = ({ targets }: Examples, link: Link): string | undefined => {
  if (targets.length === 0) return 'there is nobody to learn from';
  if (targets.some(target => !Number.isFinite(target) || target < 0)) return 'what is to be told is no number';
  const positives = targets.reduce((count, target) => count + (target > 0 ? 1 : 0), 0);
  if (positives === 0) return 'nobody did what is to be told';
  if (link === 'logistic' && positives === targets.length) return 'everybody did what is to be told';
  return undefined;
};

/**
 * Weights by iteratively reweighted least squares, regularised. Each step is halved until it makes what was seen more
 * likely. A feature that never varies gets no weight.
 */
export const fitLinear = (examples: Examples, link: Link): Fit<LinearModel> => {
  const reason = whyUnusable(examples, link);
  if (reason !== undefined) return { status: 'insufficient_data', reason };
  const scales = scalesOf(examples);
  const size = examples.features.length + 1;
  const columns = columnsOf(examples, scales);
  const sumsAt = (weights: Float64Array) => penalised(addUp(examples, columns, size, link, weights), weights);
  const mean = examples.targets.reduce((sum, target) => sum + target, 0) / examples.targets.length;
  let weights = new Float64Array(size);
  if (!examples.offsets) weights[0] = link === 'logistic' ? Math.log(mean / (1 - mean)) : Math.log(mean);
  let sums = sumsAt(weights);
  for (let steps = 1; steps <= roundsMax; steps += 1) {
    const step = stepOf(sums);
    if (!step || !Number.isFinite(sums.value)) break;
    const next = taken(weights, step, sums.value, sumsAt);
    if (!next) break;
    const moved = Math.max(...step.map(Math.abs)) * next.share;
    [weights, sums] = [next.weights, next.sums];
    if (moved > still) continue;
    const [intercept = 0, ...rest] = weights;
    const model = { link, features: examples.features, intercept, weights: rest, scales };
    return { status: 'fitted', model, logLikelihood: sums.value / examples.targets.length, steps };
  }
  return { status: 'no_convergence', reason: 'no weights make what was seen most likely' };
};

const taken = (
  from: Float64Array,
  step: Float64Array,
  value: number,
  sumsAt: (weights: Float64Array) => Sums,
): (Standing & { sums: Sums; share: number; weights: Float64Array<ArrayBuffer> }) | undefined => {
  for (let share = 1; share > 1e-6; share /= 2) {
    const weights = from.map((weight, place) => weight + share * (step[place] ?? 0)) as Float64Array<ArrayBuffer>;
    const sums = sumsAt(weights);
    if (sums.value >= value - 1e-9 * Math.abs(value)) return { weights, sums, value: sums.value, share };
  }
  return undefined;
};
