import { fingerprint } from '../../../../core/model/fingerprint.ts';

/** How keys are given to lanes. Positions of lanes that were filled in another way say nothing about these. */
export const laneSpread = 'fnv-1a';

/** The lane of a key among `count`: the same at every start. Numbered buckets are spread evenly. */
export const laneOfKey = (key: string, count: number): number => (count === 1 ? 0 : fingerprint(key) % count);
