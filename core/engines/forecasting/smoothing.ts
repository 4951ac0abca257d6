/** Weights of additive Holt–Winters with a damped trend. */
interface Weights {
  level: number;
  trend: number;
  season: number;
  damping: number;
}

/** Tells what comes after a series, `horizon` periods ahead. */
export type Method = (values: readonly number[], horizon: number) => number[];

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The same as a season ago. */
export const seasonalNaive =
  (season: number): Method =>
  (values, horizon) =>
    Array.from({ length: horizon }, (_, ahead) => {
      const back = season - (ahead % season);
      return values[values.length - back] ?? values.at(-1) ?? 0;
    });

interface State {
  level: number;
  trend: number;
  seasons: number[];
  /** The sum of squares of what it was off by, one period ahead. */
  squares: number;
}

const begun = (values: readonly number[], season: number): State => {
  const [first, second] = [values.slice(0, season), values.slice(season, 2 * season)];
  const level = meanOf(first);
  return {
    level,
    trend: (meanOf(second) - level) / season,
    seasons: first.map(value => value - level),
    squares: 0,
  };
};

const smoothed = (
  values: readonly number[],
  season: number,
  { level: a, trend: b, season: g, damping }: Weights,
): State => {
  const state = begun(values, season);
  for (const [at, value] of values.entries()) {
    const seasonal = state.seasons[at % season] ?? 0;
    const expected = state.level + damping * state.trend + seasonal;
    if (at >= season) state.squares += (value - expected) ** 2;
    const before = state.level;
    state.level = a * (value - seasonal) + (1 - a) * (before + damping * state.trend);
    state.trend = b * (state.level - before) + (1 - b) * damping * state.trend;
    state.seasons[at % season] = g * (value - state.level) + (1 - g) * seasonal;
  }
  return state;
};

const tried: Weights[] = [0.05, 0.2, 0.5].flatMap(level =>
  [0, 0.05].flatMap(trend =>
    [0.05, 0.2, 0.4].flatMap(season => [0.9, 0.98].map(damping => ({ level, trend, season, damping }))),
  ),
);

/** Exponential smoothing with level, damped trend and season; of some weights those that would have been off least. */
export const holtWinters =
  (season: number): Method =>
  (values, horizon) => {
    const best = tried
      .map(weights => ({ weights, state: smoothed(values, season, weights) }))
      .reduce((least, one) => (one.state.squares < least.state.squares ? one : least));
    const { level, trend, seasons } = best.state;
    let damped = 0;
    return Array.from({ length: horizon }, (_, ahead) => {
      damped += best.weights.damping ** (ahead + 1);
      return level + damped * trend + (seasons[(values.length + ahead) % season] ?? 0);
    });
  };
