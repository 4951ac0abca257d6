import { holtWinters, type Method, seasonalNaive } from './smoothing.ts';

export interface Forecast {
  status: 'forecast' | 'insufficient_data';
  reason?: string;
  method?: 'holt_winters' | 'seasonal_naive';
  /** Mean absolute error on a rolling origin, by that of the seasonal-naive forecast: below 1 is better. */
  mase?: number;
  /** How often what came was within the interval, on origins that it was not made from. */
  coverage?: number;
  points: { forecast: number; lower: number; upper: number }[];
}

/** Seasons that must be there, and how many origins are tried. */
const [seasonsMin, originsMax, originsMin] = [4, 60, 8];
const insideWanted = 0.9;

interface Origin {
  ahead: number[];
  naive: number[];
  came: readonly number[];
}

/** From each origin what was said, and what came. */
const originsOf = (values: readonly number[], season: number, horizon: number, method: Method): Origin[] => {
  const first = Math.max(2 * season, values.length - originsMax - horizon);
  const count = Math.max(0, values.length - horizon - first + 1);
  return Array.from({ length: count }, (_, place) => {
    const known = values.slice(0, first + place);
    const came = values.slice(first + place, first + place + horizon);
    return { ahead: method(known, horizon), naive: seasonalNaive(season)(known, horizon), came };
  });
};

const errorOf = (origins: readonly Origin[], of: 'ahead' | 'naive'): number =>
  origins.reduce(
    (sum, one) => sum + one.came.reduce((all, value, at) => all + Math.abs(value - (one[of][at] ?? 0)), 0),
    0,
  );

/** The distance within which so large a share was, h periods ahead; a little more than seen, since few were. */
const widthAt = (origins: readonly Origin[], of: 'ahead' | 'naive', at: number): number => {
  const off = origins
    .map(one => Math.abs((one.came[at] ?? 0) - (one[of][at] ?? 0)))
    .sort((left, right) => left - right);
  const place = Math.min(off.length - 1, Math.ceil(insideWanted * (off.length + 1)) - 1);
  return off[place] ?? 0;
};

/** How often intervals from every other origin held on the others. */
const coverageOf = (origins: readonly Origin[], of: 'ahead' | 'naive', horizon: number): number => {
  const half = (parity: number) => origins.filter((_, place) => place % 2 === parity);
  const inside = Array.from({ length: horizon }, (_, at) => {
    const width = widthAt(half(0), of, at);
    return half(1).filter(one => Math.abs((one.came[at] ?? 0) - (one[of][at] ?? 0)) <= width).length;
  });
  return inside.reduce((sum, count) => sum + count, 0) / (horizon * half(1).length);
};

/**
 * What comes next, with intervals that would have held what came nine times of ten. Holt–Winters where it beats the same
 * as a season ago on a rolling origin; else that.
 */
export const forecastOf = (values: readonly number[], season: number, horizon: number, least = 0): Forecast => {
  const needed = Math.max(seasonsMin * season, 2 * season + horizon + originsMin);
  if (values.length < needed)
    return { status: 'insufficient_data', reason: `${values.length} of ${needed} periods`, points: [] };
  const origins = originsOf(values, season, horizon, holtWinters(season));
  const [smooth, naive] = [errorOf(origins, 'ahead'), errorOf(origins, 'naive')];
  const mase = naive === 0 ? 1 : smooth / naive;
  const isBetter = mase < 1;
  const of = isBetter ? 'ahead' : 'naive';
  const ahead = (isBetter ? holtWinters(season) : seasonalNaive(season))(values, horizon);
  const points = ahead.map((value, at) => {
    const width = widthAt(origins, of, at);
    return {
      forecast: Math.max(least, value),
      lower: Math.max(least, value - width),
      upper: Math.max(least, value + width),
    };
  });
  return {
    status: 'forecast',
    method: isBetter ? 'holt_winters' : 'seasonal_naive',
    mase,
    coverage: coverageOf(origins, of, horizon),
    points,
  };
};
