/** How far a consumer has come in one shard of its stream. */
export interface Progress {
  shard: string;
  sequence: string;
  /** Epoch ms at which that record was put. */
  at: number;
}

export interface ProgressStore {
  report(consumer: string, progress: Progress): Promise<void>;
  of(consumer: string): Promise<Progress[]>;
}
