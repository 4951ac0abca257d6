import { hash } from 'node:crypto';

/** Spreads texts evenly over `0 … partitions − 1`. */
export const partitionOf = (text: string, partitions: number): number =>
  hash('sha256', text, 'buffer').readUInt32BE(0) % partitions;
