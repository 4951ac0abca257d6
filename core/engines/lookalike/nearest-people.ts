import { featureCount } from './features.ts';

/** Somebody who is like the seeds, and how far from them. */
export interface Likeness {
  id: string;
  distance: number;
}

/**
 * Keeps those who are nearest to some seeds: by their mean distance from the `neighbours` seeds nearest to them. Ties go to
 * the smaller id, so that the same people are found whatever the order.
 */
export class NearestPeople {
  readonly #seeds: Float64Array;
  readonly #seedCount: number;
  readonly #nearest: Float64Array;
  readonly #size: number;
  #kept: Likeness[] = [];
  #limit = Number.POSITIVE_INFINITY;

  constructor(seeds: readonly Float64Array[], { size, neighbours }: { size: number; neighbours: number }) {
    this.#seedCount = seeds.length;
    this.#seeds = new Float64Array(seeds.length * featureCount);
    seeds.forEach((seed, index) => {
      this.#seeds.set(seed, index * featureCount);
    });
    this.#nearest = new Float64Array(Math.min(neighbours, seeds.length));
    this.#size = size;
  }

  take(id: string, point: Float64Array): void {
    const distance = this.#distanceOf(point);
    if (distance > this.#limit) return;
    this.#kept.push({ id, distance });
    if (this.#kept.length >= 2 * this.#size + 1000) this.#shorten();
  }

  /** Nearest first. */
  found(): Likeness[] {
    this.#shorten();
    return [...this.#kept];
  }

  #shorten(): void {
    this.#kept = this.#kept
      .sort((left, right) => left.distance - right.distance || (left.id < right.id ? -1 : 1))
      .slice(0, this.#size);
    if (this.#kept.length === this.#size) this.#limit = this.#kept.at(-1)?.distance ?? this.#limit;
  }

  #distanceOf(point: Float64Array): number {
    this.#nearest.fill(Number.POSITIVE_INFINITY);
    for (let seed = 0; seed < this.#seedCount; seed += 1) this.#note(this.#squareTo(point, seed * featureCount));
    let sum = 0;
    for (const square of this.#nearest) sum += Math.sqrt(square);
    return sum / this.#nearest.length;
  }

  #squareTo(point: Float64Array, start: number): number {
    let square = 0;
    for (let index = 0; index < featureCount; index += 1) {
      const apart = (point[index] ?? 0) - (this.#seeds[start + index] ?? 0);
      square += apart * apart;
    }
    return square;
  }

  /** Keeps the smallest ones, in their order. */
  #note(square: number): void {
    let place = this.#nearest.length - 1;
    if (square >= (this.#nearest[place] ?? 0)) return;
    while (place > 0 && (this.#nearest[place - 1] ?? 0) > square) {
      this.#nearest[place] = this.#nearest[place - 1] ?? 0;
      place -= 1;
    }
    this.#nearest[place] = square;
  }
}
