import type { Comparison } from './comparison.ts';

/** A comparison of one attribute by its values alone: `levels` from missing and different up to exact, the last. */
export const compareByValue = (
  attribute: string,
  levels: readonly string[],
  ofHousehold: boolean,
  levelOf: (one: string, other: string) => number,
): Comparison => ({
  name: attribute,
  attributes: [attribute],
  ofHousehold,
  levels,
  levelOf: (left, right) => {
    const [one, other] = [left[attribute], right[attribute]];
    return one === undefined || other === undefined ? 0 : levelOf(one, other);
  },
  termAttributes: levels.map((_, level) => (level === levels.length - 1 ? attribute : undefined)),
  termOf: left => left[attribute] ?? '',
});
