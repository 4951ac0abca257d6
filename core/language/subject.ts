import type { PastEvent } from './past-event.ts';
import { readNames } from './read-path.ts';

/** Where the fields that conditions name stand in a flat list; a field gets its place when it is first named. */
export class Slots {
  readonly fields: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #paths: string[][] = [];

  placeOf(field: string): number {
    const known = this.#places.get(field);
    if (known !== undefined) return known;
    this.#places.set(field, this.fields.length);
    this.fields.push(field);
    this.#paths.push(field.split('.'));
    return this.fields.length - 1;
  }

  valuesIn(data: unknown): unknown[] {
    return this.#paths.map(path => readNames(data, path));
  }
}

/** Somebody as conditions see them, at an instant. */
export interface Subject {
  /** The values of the fields, by their places. */
  values: readonly unknown[];
  /** What happened, in the order of time: at least as far back as the conditions ask. */
  events: readonly PastEvent[];
  /** The segments that they were put into by hand. */
  segments: ReadonlySet<string>;
  /** Epoch ms. */
  now: number;
}

export const noEvents: readonly PastEvent[] = [];
export const noSegments: ReadonlySet<string> = new Set();
