/** A function to be made as large as possible, and how it changes with each number at a place. */
export type Slope = (at: readonly number[]) => { value: number; gradient: readonly number[] };

/** Where a climb has ended. */
export interface Summit {
  at: readonly number[];
  value: number;
  steps: number;
  /** False: it went on rising, or led out of all bounds. */
  converged: boolean;
}

const [stepsMax, flat, steepEnough, shortest] = [200, 1e-7, 1e-4, 1e-10];

type Square = number[][];
const unit = (size: number): Square =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => (row === column ? 1 : 0)));
const times = (matrix: Square, vector: readonly number[]): number[] =>
  matrix.map(row => row.reduce((sum, value, place) => sum + value * (vector[place] ?? 0), 0));
const dot = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, place) => sum + value * (right[place] ?? 0), 0);
const isFlat = (gradient: readonly number[]): boolean => gradient.every(slope => Math.abs(slope) < flat);

/** The inverse of the curvature, as a step has shown it (Broyden, Fletcher, Goldfarb, Shanno). */
const learned = (inverse: Square, step: readonly number[], bend: readonly number[]): Square => {
  const along = dot(step, bend);
  if (along <= 1e-14) return inverse;
  const bent = times(inverse, bend);
  const scale = (along + dot(bend, bent)) / along ** 2;
  return inverse.map((row, i) =>
    row.map(
      (value, j) =>
        value +
        scale * (step[i] ?? 0) * (step[j] ?? 0) -
        ((bent[i] ?? 0) * (step[j] ?? 0) + (step[i] ?? 0) * (bent[j] ?? 0)) / along,
    ),
  );
};

/** Climbs from a place to where nothing rises any more: quasi-Newton steps, each no longer than what it brings. */
export const climb = (slope: Slope, start: readonly number[]): Summit => {
  let at = [...start];
  let { value, gradient } = slope(at);
  let inverse = unit(at.length);
  for (let steps = 0; steps < stepsMax; steps += 1) {
    if (!Number.isFinite(value)) return { at, value, steps, converged: false };
    if (isFlat(gradient)) return { at, value, steps, converged: true };
    let direction = times(inverse, gradient);
    if (dot(direction, gradient) <= 0) [inverse, direction] = [unit(at.length), [...gradient]];
    const rise = dot(direction, gradient);
    let length = Math.min(1, 2 / Math.max(...direction.map(Math.abs)));
    let next = slope(moved(at, direction, length));
    while (!(next.value >= value + steepEnough * length * rise) && length > shortest) {
      length /= 2;
      next = slope(moved(at, direction, length));
    }
    if (length <= shortest) return { at, value, steps, converged: gradient.every(one => Math.abs(one) < 1e-4) };
    const step = direction.map(one => one * length);
    const bend = gradient.map((one, place) => one - (next.gradient[place] ?? 0));
    inverse = learned(inverse, step, bend);
    at = moved(at, step, 1);
    ({ value, gradient } = next);
  }
  return { at, value, steps: stepsMax, converged: false };
};

const moved = (at: readonly number[], direction: readonly number[], length: number): number[] =>
  at.map((one, place) => one + length * (direction[place] ?? 0));
