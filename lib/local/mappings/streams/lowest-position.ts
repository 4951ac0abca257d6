import type { LanePosition } from './checkpoints.ts';

const bySequence = (a: string, b: string): number => (BigInt(a) < BigInt(b) ? -1 : 1);

/** The sequence number up to which every lane has come; undefined when one of them has not begun. */
export const lowestPosition = (lanes: readonly LanePosition[]): string | undefined => {
  const sequences = lanes.flatMap(({ after }) => after ?? []);
  if (sequences.length < lanes.length) return undefined;
  return sequences.sort(bySequence)[0];
};
