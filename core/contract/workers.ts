/** What is driven by a stream (`functions/streams/`) or by a schedule (`functions/jobs/`). */
export interface StreamConsumer {
  id: string;
  summary: string;
  source: 'events' | 'table';
  timeoutSeconds: number;
  batchSize: number;
  /**
   * `flush`: the deployment's event window (`EVENT_FLUSH_SECONDS`). `follow`: the same, of what comes out of such a
   * window; none where that is a second, so that what was folded can be read at once.
   */
  windowSeconds: number | 'flush' | 'follow';
  /** How many batches of one shard may be in work at once; order is kept per partition key. */
  parallelization: number;
  /**
   * Asks Lambda for the shard's id with every batch (a tumbling window), so that a consumer can keep one item per
   * shard with the last sequence number it has seen.
   */
  tumblingWindowSeconds?: number;
}

export interface Schedule {
  id: string;
  summary: string;
  rateMinutes: number;
  timeoutSeconds: number;
}

export const streamConsumers = [
  {
    id: 'foldEvents',
    summary: 'Events become profiles: resolve, drop repeats, fold, commit',
    source: 'events',
    timeoutSeconds: 60,
    batchSize: 1000,
    windowSeconds: 'flush',
    parallelization: 2,
  },
  {
    id: 'evaluate',
    summary: 'Finds which committed changes may flip a segment or concern an audience',
    source: 'table',
    timeoutSeconds: 60,
    batchSize: 1000,
    windowSeconds: 0,
    parallelization: 2,
  },
  {
    id: 'project',
    summary: 'Keeps exact counters, and brings events and profiles to the lake',
    source: 'table',
    timeoutSeconds: 60,
    batchSize: 1000,
    windowSeconds: 'follow',
    parallelization: 1,
    tumblingWindowSeconds: 900,
  },
] as const satisfies readonly StreamConsumer[];

export const schedules = [
  { id: 'tick', summary: 'Hands due items to their queues', rateMinutes: 1, timeoutSeconds: 55 },
  { id: 'mergeLake', summary: 'Brings new events into files of their days', rateMinutes: 5, timeoutSeconds: 290 },
  { id: 'compactLake', summary: 'Sorts the files of days for queries', rateMinutes: 60, timeoutSeconds: 900 },
  {
    id: 'learnIdentity',
    summary: 'Learns from all profiles what two of them are judged by',
    rateMinutes: 60,
    timeoutSeconds: 290,
  },
  {
    id: 'rewriteSnapshot',
    summary: 'Brings the snapshot of all profiles up to date',
    rateMinutes: 5,
    timeoutSeconds: 290,
  },
  { id: 'anchorAudit', summary: 'Keeps how far the audit log has come', rateMinutes: 60, timeoutSeconds: 300 },
  {
    id: 'enforceRetention',
    summary: 'Removes what has been kept for as long as it may be',
    rateMinutes: 1440,
    timeoutSeconds: 900,
  },
  {
    id: 'checkErasures',
    summary: 'Erases again whoever was erased and is there all the same',
    rateMinutes: 1440,
    timeoutSeconds: 900,
  },
  {
    id: 'cutScores',
    summary: 'Cuts scores of recency, frequency and monetary value, once a day',
    rateMinutes: 15,
    timeoutSeconds: 290,
  },
  {
    id: 'predict',
    summary: 'Begins to learn what is predicted, and to score everybody, once a day',
    rateMinutes: 60,
    timeoutSeconds: 60,
  },
] as const satisfies readonly Schedule[];

export type StreamConsumerId = (typeof streamConsumers)[number]['id'];
export type ScheduleId = (typeof schedules)[number]['id'];
