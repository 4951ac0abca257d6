import { fitLinear } from './fit-linear.ts';
import { type LinearModel, predicted } from './linear-model.ts';

/** What raw chances mean: by a curve of two parameters (Platt), or in steps that never fall (isotonic). */
export type Calibration =
  | { kind: 'none' }
  | { kind: 'platt'; model: LinearModel }
  | { kind: 'isotonic'; from: readonly number[]; chances: readonly number[] };

/** Fewer than these tell no steps apart. */
const [isotonicMin, stepMin] = [2000, 50];

const logOdds = (chance: number): number => {
  const inside = Math.min(1 - 1e-9, Math.max(1e-9, chance));
  return Math.log(inside / (1 - inside));
};

export const calibrated = (calibration: Calibration, chance: number): number => {
  if (calibration.kind === 'platt') return predicted(calibration.model, [logOdds(chance)]);
  if (calibration.kind === 'none') return chance;
  const { from, chances } = calibration;
  let [low, high] = [0, from.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((from[middle] ?? 0) <= chance) low = middle;
    else high = middle - 1;
  }
  return chances[low] ?? chance;
};

interface Step {
  from: number;
  sum: number;
  people: number;
}

/** Pools neighbours until chances rise from step to step; a step has at least so many people. */
const stepsOf = (chances: Float64Array, truth: Float64Array): Step[] => {
  const order = Uint32Array.from(chances, (_, place) => place).sort(
    (left, right) => (chances[left] ?? 0) - (chances[right] ?? 0) || left - right,
  );
  const steps: Step[] = [];
  for (let first = 0; first < order.length; first += stepMin) {
    const some = order.subarray(first, first + stepMin);
    let step = {
      from: chances[some[0] ?? 0] ?? 0,
      sum: some.reduce((sum, one) => sum + (truth[one] ?? 0), 0),
      people: some.length,
    };
    for (
      let before = steps.at(-1);
      before && before.sum / before.people >= step.sum / step.people;
      before = steps.at(-1)
    ) {
      step = { from: before.from, sum: before.sum + step.sum, people: before.people + step.people };
      steps.pop();
    }
    steps.push(step);
  }
  return steps;
};

/** Learns what chances mean from people who were not learnt from before. */
export const learnCalibration = (chances: Float64Array, truth: Float64Array): Calibration => {
  if (chances.length >= isotonicMin) {
    const steps = stepsOf(chances, truth);
    return {
      kind: 'isotonic',
      from: steps.map(({ from }) => from),
      chances: steps.map(({ sum, people }) => (sum + 0.5) / (people + 1)),
    };
  }
  const fit = fitLinear({ features: ['logOdds'], rows: chances.map(logOdds), targets: truth }, 'logistic');
  return fit.status === 'fitted' ? { kind: 'platt', model: fit.model } : { kind: 'none' };
};
