import { createHash } from 'node:crypto';

/** Spreads texts evenly over `0 … partitions − 1`. */
export const partitionOf = (text: string, partitions: number): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) % partitions;
