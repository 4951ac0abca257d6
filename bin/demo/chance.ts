import { fingerprint } from '../../core/model/fingerprint.ts';

/** Draws that repeat: the same name gives the same ones, whatever else is drawn elsewhere. */
export interface Chance {
  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True with this probability, 0 to 1. */
  happens(probability: number): boolean;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  shuffled<Value>(values: readonly Value[]): Value[];
}

/** Mulberry32. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Opens the draws of a name, e.g. of the visits of the 17th person. */
export const chanceOf = (...name: readonly (string | number)[]): Chance => {
  const next = numbersFrom(fingerprint(name.join(' ')));
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    happens: probability => next() < probability,
    pick: values => values[below(values.length)] ?? values[0],
    shuffled: values => {
      const left = [...values];
      return values.flatMap(() => left.splice(below(left.length), 1));
    },
  };
};
