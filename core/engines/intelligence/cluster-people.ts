/** People as rows of features that are comparable: of mean 0 and spread 1. */
export interface Clustering {
  k: number;
  /** Of each person. */
  cluster: Uint8Array;
  /** How clearly clusters stand apart, −1 to 1; of some people. */
  silhouette: number;
}

/** Repeatable: the same people make the same clusters. */
const drawing = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const apart = (rows: Float64Array, width: number, row: number, centre: Float64Array, at: number): number => {
  let sum = 0;
  for (let i = 0; i < width; i += 1) {
    const difference = (rows[row * width + i] ?? 0) - (centre[at * width + i] ?? 0);
    sum += difference * difference;
  }
  return sum;
};

/** Centres far from one another (k-means++). */
const firstCentres = (rows: Float64Array, width: number, k: number, draw: () => number): Float64Array => {
  const people = rows.length / width;
  const centres = new Float64Array(k * width);
  const nearest = new Float64Array(people).fill(Number.POSITIVE_INFINITY);
  let chosen = Math.floor(draw() * people);
  for (let at = 0; at < k; at += 1) {
    centres.set(rows.subarray(chosen * width, (chosen + 1) * width), at * width);
    let sum = 0;
    for (let row = 0; row < people; row += 1) {
      nearest[row] = Math.min(nearest[row] ?? 0, apart(rows, width, row, centres, at));
      sum += nearest[row] ?? 0;
    }
    let left = draw() * sum;
    chosen = 0;
    while (chosen < people - 1 && left > (nearest[chosen] ?? 0)) {
      left -= nearest[chosen] ?? 0;
      chosen += 1;
    }
  }
  return centres;
};

const roundsMax = 60;

const assign = (rows: Float64Array, width: number, centres: Float64Array, cluster: Uint8Array): boolean => {
  let changed = false;
  const k = centres.length / width;
  for (let row = 0; row < cluster.length; row += 1) {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let at = 0; at < k; at += 1) {
      const distance = apart(rows, width, row, centres, at);
      if (distance < least) [best, least] = [at, distance];
    }
    if (cluster[row] !== best) changed = true;
    cluster[row] = best;
  }
  return changed;
};

const moveCentres = (rows: Float64Array, width: number, centres: Float64Array, cluster: Uint8Array): void => {
  const k = centres.length / width;
  const counts = new Float64Array(k);
  const sums = new Float64Array(centres.length);
  cluster.forEach((at, row) => {
    counts[at] = (counts[at] ?? 0) + 1;
    for (let i = 0; i < width; i += 1)
      sums[at * width + i] = (sums[at * width + i] ?? 0) + (rows[row * width + i] ?? 0);
  });
  for (let at = 0; at < k; at += 1)
    for (let i = 0; i < width; i += 1)
      if ((counts[at] ?? 0) > 0) centres[at * width + i] = (sums[at * width + i] ?? 0) / (counts[at] ?? 1);
};

/** How much nearer people are to their own centre than to the next one: the simplified silhouette. */
const silhouetteOf = (rows: Float64Array, width: number, centres: Float64Array, cluster: Uint8Array): number => {
  const k = centres.length / width;
  let sum = 0;
  for (let row = 0; row < cluster.length; row += 1) {
    const own = Math.sqrt(apart(rows, width, row, centres, cluster[row] ?? 0));
    let next = Number.POSITIVE_INFINITY;
    for (let at = 0; at < k; at += 1)
      if (at !== cluster[row]) next = Math.min(next, Math.sqrt(apart(rows, width, row, centres, at)));
    sum += next === own ? 0 : (next - own) / Math.max(next, own);
  }
  return sum / cluster.length;
};

/** Groups people into k clusters: k-means, the best of some beginnings. */
const clusteredBy = (rows: Float64Array, width: number, k: number): Clustering => {
  let best: Clustering | undefined;
  for (let seed = 1; seed <= 3; seed += 1) {
    const centres = firstCentres(rows, width, k, drawing(seed * 7919));
    const cluster = new Uint8Array(rows.length / width).fill(255);
    for (let round = 0; round < roundsMax && assign(rows, width, centres, cluster); round += 1)
      moveCentres(rows, width, centres, cluster);
    const silhouette = silhouetteOf(rows, width, centres, cluster);
    if (!best || silhouette > best.silhouette) best = { k, cluster, silhouette };
  }
  return best ?? { k, cluster: new Uint8Array(rows.length / width), silhouette: 0 };
};

const [leastClusters, mostClusters] = [2, 7];

/** With `k` clusters; without it as many as stand apart most clearly. */
export const clusterPeople = (rows: Float64Array, width: number, k?: number): Clustering => {
  if (k !== undefined) return clusteredBy(rows, width, k);
  const tried = Array.from({ length: mostClusters - leastClusters + 1 }, (_, more) =>
    clusteredBy(rows, width, leastClusters + more),
  );
  return tried.reduce((best, one) => (one.silhouette > best.silhouette ? one : best));
};
