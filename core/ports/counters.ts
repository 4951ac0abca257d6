import type { QuarantineCounts } from '../model/quarantine-counts.ts';

/** Sums over all profiles; `byDay` by calendar day in the reporting time zone. */
export interface Totals {
  profiles: number;
  events: number;
  byDay: Record<string, { profiles: number; events: number }>;
  /** Epoch ms of the newest change that is counted. */
  watermark: number;
  /** How many events are kept aside. */
  quarantined?: QuarantineCounts;
}

export interface CounterStore {
  totals(): Promise<Totals>;
  /** What one shard has counted so far, and up to which sequence number. */
  ofShard(shard: string): Promise<{ sequence: string; totals: Totals }>;
  /** Keeps a shard's new sums, unless somebody else went on from the same sequence number. Tells whether it did. */
  advance(shard: string, from: string, to: string, totals: Totals): Promise<boolean>;
}
