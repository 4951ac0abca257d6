import { areaUnderCurve } from './ranks.ts';

/** A tenth of everybody, by what was expected of them, highest first. */
export interface Tenth {
  people: number;
  /** The mean of what was expected, and how many did it. */
  expected: number;
  happened: number;
  /** How many times as many did it as of everybody. */
  lift: number;
}

/** How good chances were that were told in advance. */
export interface JudgedChances {
  people: number;
  /** The share of those of whom it came true. */
  rate: number;
  areaUnderCurve: number;
  /** The mean square of what each was off by, and the same of telling everybody the rate. */
  brier: number;
  brierOfRate: number;
  /** Ten tenths: a table of calibration and of lift. */
  tenths: Tenth[];
  /** The mean distance between what a tenth was told and what came true of it. */
  calibrationError: number;
}

const tenthsOf = (chances: Float64Array, truth: Float64Array, rate: number): Tenth[] => {
  const order = Uint32Array.from(chances, (_, place) => place).sort(
    (left, right) => (chances[right] ?? 0) - (chances[left] ?? 0) || left - right,
  );
  return Array.from({ length: 10 }, (_, tenth) => {
    const some = order.subarray((tenth * order.length) / 10, ((tenth + 1) * order.length) / 10);
    const mean = (values: Float64Array) =>
      some.length === 0 ? 0 : some.reduce((sum, place) => sum + (values[place] ?? 0), 0) / some.length;
    const happened = mean(truth);
    return { people: some.length, expected: mean(chances), happened, lift: rate === 0 ? 0 : happened / rate };
  });
};

/** Holds chances against what came true: 1, or 0. */
export const judgeChances = (chances: Float64Array, truth: Float64Array): JudgedChances => {
  const people = chances.length;
  const rate = truth.reduce((sum, one) => sum + one, 0) / people;
  const off = (chance: (place: number) => number) =>
    truth.reduce((sum, one, place) => sum + (chance(place) - one) ** 2, 0) / people;
  const tenths = tenthsOf(chances, truth, rate);
  return {
    people,
    rate,
    areaUnderCurve: areaUnderCurve(chances, truth),
    brier: off(place => chances[place] ?? 0),
    brierOfRate: off(() => rate),
    tenths,
    calibrationError: tenths.reduce(
      (sum, { expected, happened, people: some }) => sum + (some / people) * Math.abs(expected - happened),
      0,
    ),
  };
};
