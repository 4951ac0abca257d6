/** Whether a series rises or falls, more than by chance. */
export interface Trend {
  /** By so much from one period to the next: the median of all slopes (Theil–Sen). */
  slope: number;
  intercept: number;
  /** How likely so clear an order comes about by chance (Mann–Kendall, both sides). */
  pValue: number;
  direction: 'rising' | 'falling' | 'none';
  /** Kendall's τ, −1 to 1. */
  tau: number;
}

const medianOf = (values: Float64Array): number => {
  values.sort();
  const middle = values.length / 2;
  return values.length % 2 === 1
    ? (values[Math.floor(middle)] ?? 0)
    : ((values[middle - 1] ?? 0) + (values[middle] ?? 0)) / 2;
};

/** How likely a normal value is at least so far from its mean, on either side (Abramowitz & Stegun 7.1.26). */
const bothTails = (score: number): number => {
  const x = Math.abs(score) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, series * Math.exp(-x * x));
};

/** Fewer tell nothing. */
const leastPeriods = 4;
const significant = 0.05;

/** How many values are equal to one another, group by group. */
const tiesOf = (values: readonly number[]): number[] => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
};

/** The trend of a series at equal distances; robust against outliers, whatever its values are spread like. */
export const trendOf = (values: readonly number[]): Trend => {
  const count = values.length;
  if (count < leastPeriods) return { slope: 0, intercept: values[0] ?? 0, pValue: 1, direction: 'none', tau: 0 };
  const slopes = new Float64Array((count * (count - 1)) / 2);
  let [place, sum] = [0, 0];
  for (let left = 0; left < count; left += 1)
    for (let right = left + 1; right < count; right += 1) {
      const rise = (values[right] ?? 0) - (values[left] ?? 0);
      slopes[place] = rise / (right - left);
      sum += Math.sign(rise);
      place += 1;
    }
  const slope = medianOf(slopes);
  const tied = tiesOf(values).reduce((all, ties) => all + ties * (ties - 1) * (2 * ties + 5), 0);
  const variance = (count * (count - 1) * (2 * count + 5) - tied) / 18;
  const score = variance > 0 ? (sum - Math.sign(sum)) / Math.sqrt(variance) : 0;
  const pValue = score === 0 ? 1 : bothTails(score);
  const direction = pValue >= significant || slope === 0 ? 'none' : slope > 0 ? 'rising' : 'falling';
  const intercept = medianOf(Float64Array.from(values, (value, at) => value - slope * at));
  return { slope, intercept, pValue, direction, tau: sum / slopes.length };
};
