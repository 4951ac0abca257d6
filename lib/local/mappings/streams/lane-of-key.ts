import { createHash } from 'node:crypto';

/** The lane of a key among `count`: the same at every start. */
export const laneOfKey = (key: string, count: number): number =>
  count === 1 ? 0 : createHash('md5').update(key).digest().readUInt32BE(0) % count;
