import type { BatchPart } from '../model/batch-part.ts';

/** How many events of a batch came to what. */
export interface BatchCounts {
  processed: number;
  /** Of a message that another event had brought before. */
  duplicates: number;
  quarantined: number;
  refused: number;
}

/** What became of the events of one part. */
export type PartReport = BatchPart & { counts: BatchCounts };

/** What became of an event of a batch that was quarantined at first and redriven. */
export interface BatchCorrection {
  batchId: string;
  eventId: string;
  to: Exclude<keyof BatchCounts, 'quarantined'>;
}

export interface BatchStore {
  /** Keeps what became of parts; telling it again changes nothing. Returns when all is durable. */
  report(reports: readonly PartReport[]): Promise<void>;
  /** Keeps what became of redriven events; telling it again changes nothing. Returns when all is durable. */
  correct(corrections: readonly BatchCorrection[]): Promise<void>;
  /** What is known of a batch so far: every part once, and each redriven event as what it came to in the end. */
  of(batchId: string): Promise<BatchCounts>;
}

/** What an answer told of a batch. */
export interface AcceptedBatch {
  /** The name that its envelopes carry. */
  batchId: string;
  /** How many of its events were made durable. */
  accepted: number;
  /** Epoch ms. */
  at: number;
}

/** Ids that carry what was accepted, so that nothing has to be written before a batch is answered. */
export interface BatchIds {
  seal(batch: AcceptedBatch): Promise<string>;
  /** `undefined` for text that is no id of ours. */
  open(id: string): Promise<AcceptedBatch | undefined>;
}
