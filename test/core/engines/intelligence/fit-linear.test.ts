import { expect, test } from 'vitest';
import { calibrated, learnCalibration } from '../../../../core/engines/intelligence/calibration.ts';
import { fitLinear } from '../../../../core/engines/intelligence/fit-linear.ts';
import { judgeChances } from '../../../../core/engines/intelligence/judged-chances.ts';
import { contributions, predicted } from '../../../../core/engines/intelligence/linear-model.ts';
import { areaUnderCurve, spearman, spearmanByLot } from '../../../../core/engines/intelligence/ranks.ts';
import { normalDrawn, unitDrawn } from '../../../fixtures/drawn-numbers.ts';
import { seededRandom } from '../../../fixtures/seeded-random.ts';

const drawn = (count: number, seed: number) => {
  const random = seededRandom(seed);
  const rows = new Float64Array(count * 3);
  const targets = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const [one, other] = [normalDrawn(random), normalDrawn(random)];
    rows.set([one * 10 + 5, other, 7], row * 3);
    targets[row] = unitDrawn(random) < 1 / (1 + Math.exp(1 - 1.5 * one + 0.5 * other)) ? 1 : 0;
  }
  return { features: ['one', 'other', 'always'], rows, targets };
};

test('weights lead back to how the truth was made; what never varies has none', () => {
  const fit = fitLinear(drawn(20_000, 5), 'logistic');
  expect(fit.status).toBe('fitted');
  if (fit.status !== 'fitted') return;
  const [one, other, always] = fit.model.weights;
  expect(Math.abs((one ?? 0) - 1.5)).toBeLessThan(0.08);
  expect(Math.abs((other ?? 0) + 0.5)).toBeLessThan(0.06);
  expect(always).toBe(0);
  expect(contributions(fit.model, [5, 0, 7]).every(share => Math.abs(share) < 0.05)).toBe(true);
});

test('values that are no numbers, and huge ones, move nobody beyond measure', () => {
  const fit = fitLinear(drawn(2000, 6), 'logistic');
  if (fit.status !== 'fitted') throw new Error('not fitted');
  const plain = predicted(fit.model, [5, 0, 7]);
  expect(predicted(fit.model, [Number.NaN, 0, 7])).toBeCloseTo(plain, 1);
  expect(predicted(fit.model, [1e300, 0, 7])).toBeLessThan(1);
  expect(predicted(fit.model, [Number.NEGATIVE_INFINITY, 0, 7])).toBeGreaterThan(0);
});

const two = { features: ['x'], rows: Float64Array.of(1, 2) };

test.each([
  ['nobody did it', Float64Array.of(0, 0), 'insufficient_data'],
  ['everybody did it', Float64Array.of(1, 1), 'insufficient_data'],
  ['it is no number', Float64Array.of(Number.NaN, 1), 'insufficient_data'],
])('where %s there is a stated status', (_, targets, status) => {
  expect(fitLinear({ ...two, targets }, 'logistic').status).toBe(status);
});

test('two kinds of people who are told apart at once still have finite weights', () => {
  const rows = Float64Array.from({ length: 100 }, (_, place) => place);
  const fit = fitLinear({ features: ['x'], rows, targets: rows.map(x => (x >= 50 ? 1 : 0)) }, 'logistic');
  expect(fit.status === 'fitted' && Number.isFinite(fit.model.weights[0])).toBe(true);
});

test('calibration makes chances that are far too sure come true', () => {
  const random = seededRandom(9);
  const truth = new Float64Array(8000);
  const sure = truth.map((_, place) => {
    const chance = unitDrawn(random);
    truth[place] = unitDrawn(random) < 0.2 + 0.3 * chance ? 1 : 0;
    return chance;
  });
  const before = judgeChances(sure.subarray(4000), truth.subarray(4000));
  const kinds = [2000, 500].map(count => {
    const learned = learnCalibration(sure.subarray(0, count), truth.subarray(0, count));
    const after = judgeChances(
      sure.subarray(4000).map(one => calibrated(learned, one)),
      truth.subarray(4000),
    );
    expect(after.calibrationError).toBeLessThan(before.calibrationError / 2);
    expect(after.brier).toBeLessThan(before.brier);
    return learned.kind;
  });
  expect(kinds).toEqual(['isotonic', 'platt']);
});

test('ranks: an order agrees with itself, its reverse disagrees, chance is a half', () => {
  expect(spearman([1, 2, 3, 4], [10, 20, 30, 40])).toBe(1);
  expect(spearman([4, 3, 2, 1], [10, 20, 30, 40])).toBe(-1);
  expect(areaUnderCurve([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
  expect(areaUnderCurve([1, 1, 1, 1], [0, 0, 1, 1])).toBe(0.5);
  expect(areaUnderCurve([1, 2], [1, 1])).toBe(0.5);
  expect(spearmanByLot([1, 1, 2, 2], [0, 0, 1, 1])).toBeLessThan(spearman([1, 1, 2, 2], [0, 0, 1, 1]));
});
