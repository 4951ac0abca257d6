import { featureCount } from './features.ts';

/** The mean of each feature, and how far people are from it. */
export interface Scales {
  means: Float64Array;
  deviations: Float64Array;
}

/** Learns the scales of features, point by point (Welford), whatever their number. */
export class ScaleLearner {
  #count = 0;
  readonly #means = new Float64Array(featureCount);
  readonly #squares = new Float64Array(featureCount);

  take(point: Float64Array): void {
    this.#count += 1;
    for (let index = 0; index < featureCount; index += 1) {
      const value = point[index] ?? 0;
      const mean = this.#means[index] ?? 0;
      const moved = mean + (value - mean) / this.#count;
      this.#means[index] = moved;
      this.#squares[index] = (this.#squares[index] ?? 0) + (value - mean) * (value - moved);
    }
  }

  learnt(): Scales {
    const deviations = this.#squares.map(square => Math.sqrt(square / Math.max(this.#count, 1)) || 1);
    return { means: this.#means.slice(), deviations };
  }
}

/** A point with every feature on the same scale. */
export const scaled = (point: Float64Array, { means, deviations }: Scales): Float64Array =>
  point.map((value, index) => (value - (means[index] ?? 0)) / (deviations[index] ?? 1));
