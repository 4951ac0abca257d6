import { expect, test } from 'vitest';
import { anomaliesIn } from '../../../../core/engines/forecasting/anomalies-in.ts';
import { forecastOf } from '../../../../core/engines/forecasting/forecast-of.ts';
import { trendOf } from '../../../../core/engines/forecasting/trend-of.ts';
import { normalDrawn } from '../../../fixtures/drawn-numbers.ts';
import { seededRandom } from '../../../fixtures/seeded-random.ts';

/** Days of a shop: a week that repeats, something that rises, noise. */
const days = (count: number, { rise = 0, noise = 5, seed = 1 } = {}): number[] => {
  const random = seededRandom(seed);
  const week = [0, 5, 10, 10, 15, 40, 30];
  return Array.from(
    { length: count },
    (_, day) => 100 + rise * day + (week[day % 7] ?? 0) + noise * normalDrawn(random),
  );
};

test('a trend is found, its slope is right, and outliers do not move it', () => {
  const rising = days(60, { rise: 0.8 });
  rising[20] = 5000;
  const found = trendOf(rising);
  expect(found.direction).toBe('rising');
  expect(found.slope).toBeGreaterThan(0.6);
  expect(found.slope).toBeLessThan(1);
  expect(trendOf([...rising].reverse()).direction).toBe('falling');
});

/** As published for the test of Mann and Kendall: S = 45 of 45 pairs for ten rising values, z = 3.94. */
test('ten values that all rise are no chance, equal ones no trend', () => {
  const { tau, pValue } = trendOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(tau).toBe(1);
  expect(pValue).toBeLessThan(1e-4);
  expect(trendOf([3, 3, 3, 3, 3])).toMatchObject({ direction: 'none', slope: 0, pValue: 1 });
  expect(trendOf([1, 2])).toMatchObject({ direction: 'none' });
});

test('noise is called a trend no more often than chance has it', () => {
  const found = Array.from({ length: 200 }, (_, seed) =>
    trendOf(days(40, { noise: 20, seed: seed + 1 }).map((value, day) => value - (days(40, { noise: 0 })[day] ?? 0))),
  );
  expect(found.filter(({ direction }) => direction !== 'none').length).toBeLessThan(22);
});

test('a forecast beats the same as a week ago, and its intervals hold about what they claim', () => {
  const all = days(140, { rise: 0.3 });
  const { status, method, mase, coverage, points } = forecastOf(all.slice(0, 126), 7, 14);
  expect([status, method]).toEqual(['forecast', 'holt_winters']);
  expect(mase).toBeLessThan(0.9);
  expect(coverage).toBeGreaterThan(0.8);
  const inside = points.filter(
    ({ lower, upper }, at) => (all[126 + at] ?? 0) >= lower && (all[126 + at] ?? 0) <= upper,
  );
  expect(inside.length).toBeGreaterThanOrEqual(11);
});

test('where nothing beats a week ago that is the forecast, and is named', () => {
  const exact = days(80, { noise: 0 });
  const { method, points } = forecastOf(exact, 7, 7);
  expect(method).toBe('seasonal_naive');
  expect(points.map(({ forecast }) => forecast)).toEqual(exact.slice(-7));
});

test('too short a series is no forecast', () => {
  expect(forecastOf(days(20), 7, 7)).toEqual({ status: 'insufficient_data', reason: '20 of 29 periods', points: [] });
});

test('one incident is one alert, with its days; a quiet series has none', () => {
  const series = days(100);
  for (const day of [70, 71, 72]) series[day] = 0;
  series[90] = 400;
  const found = anomaliesIn(series, 7);
  expect(found.map(({ from, to, score }) => [from, to, Math.sign(score)])).toEqual([
    [70, 72, -1],
    [90, 90, 1],
  ]);
  expect(anomaliesIn(days(100, { seed: 3 }), 7)).toEqual([]);
});

test('a level that has changed for good is one incident, and then usual', () => {
  const series = [...days(60), ...days(100).map(value => value * 3)];
  const found = anomaliesIn(series, 7);
  expect(found.length).toBe(1);
  expect(found[0]?.from).toBe(60);
});
