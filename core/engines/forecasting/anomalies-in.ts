/** Periods that follow one another in which a series was far from what is usual. */
export interface Anomaly {
  /** The places of the first and the last period. */
  from: number;
  to: number;
  /** Of the period that was furthest off. */
  peak: number;
  value: number;
  expected: number;
  /** How many spreads it was off by; negative: too little. */
  score: number;
}

const [spreadsMin, seasonsBack, seasonsMin] = [4, 8, 3];
/** So that a median absolute deviation counts as a standard deviation does. */
const perDeviation = 1.4826;

const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** What the same place of earlier seasons had; what was an anomaly itself does not count. */
const baselineOf = (values: readonly number[], at: number, season: number, odd: ReadonlySet<number>): number[] =>
  Array.from({ length: seasonsBack }, (_, back) => at - (back + 1) * season)
    .filter(place => place >= 0 && !odd.has(place))
    .map(place => values[place] ?? 0);

/** Periods nobody can tell anything of yet have no score. */
const scoreAt = (values: readonly number[], at: number, season: number, odd: ReadonlySet<number>, spread: number) => {
  const baseline = baselineOf(values, at, season, odd);
  if (baseline.length < seasonsMin) return undefined;
  const expected = medianOf(baseline);
  const own = perDeviation * medianOf(baseline.map(value => Math.abs(value - expected)));
  /** Never narrower than usual, nor than counting itself is. */
  const width = Math.max(own, spread, Math.sqrt(Math.max(1, Math.abs(expected))));
  return { expected, score: ((values[at] ?? 0) - expected) / width };
};

/** The usual distance from one season to the next. */
const usualSpread = (values: readonly number[], season: number): number =>
  (perDeviation * medianOf(values.slice(season).map((value, at) => Math.abs(value - (values[at] ?? 0))))) / Math.SQRT2;

/** Incidents, in order: one for each run of periods that are off in one direction. */
export const anomaliesIn = (values: readonly number[], season: number): Anomaly[] => {
  const spread = usualSpread(values, season);
  const odd = new Set<number>();
  const found: Anomaly[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const seen = scoreAt(values, at, season, odd, spread);
    if (!seen || Math.abs(seen.score) < spreadsMin) continue;
    odd.add(at);
    const { expected, score } = seen;
    const one = { from: at, to: at, peak: at, value: values[at] ?? 0, expected, score };
    const last = found.at(-1);
    const goesOn = last && last.to === at - 1 && Math.sign(last.score) === Math.sign(score);
    if (!goesOn) found.push(one);
    else
      found[found.length - 1] =
        Math.abs(score) > Math.abs(last.score) ? { ...one, from: last.from } : { ...last, to: at };
  }
  return found;
};
