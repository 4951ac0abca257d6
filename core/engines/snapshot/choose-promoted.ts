import { promotedMax } from '../../model/profile-snapshot.ts';

/** How many profiles have a custom field, or a tag. */
export interface Frequency {
  name: string;
  profiles: number;
}

/**
 * Which custom fields, or tags, get columns of their own: those that stored conditions name, then the most frequent.
 * They keep the places that they have, so that as little as can be is worked out again.
 *
 * @example choosePromoted(['plan'], [{ name: 'size', profiles: 9 }], []) // ['plan', 'size']
 */
export const choosePromoted = (
  named: readonly string[],
  frequent: readonly Frequency[],
  standing: readonly string[],
): string[] => {
  const byFrequency = [...frequent].sort(
    (left, right) => right.profiles - left.profiles || (left.name < right.name ? -1 : 1),
  );
  const wanted = [...new Set([...named, ...byFrequency.map(({ name }) => name)])].slice(0, promotedMax);
  const stay = standing.filter(name => wanted.includes(name));
  return [...stay, ...wanted.filter(name => !stay.includes(name))];
};
