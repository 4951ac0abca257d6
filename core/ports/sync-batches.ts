/** What came of one call to a platform. No one is named. */
export interface KeptBatch {
  id: string;
  /** ISO 8601. */
  at: string;
  status: 'taken' | 'partial' | 'failed';
  added: number;
  removed: number;
  refused: number;
  /** Under which the platform knows it. */
  remoteId?: string | undefined;
  error?: string | undefined;
}

/** The calls that syncs have made; kept 30 days. */
export interface SyncBatches {
  add(syncId: string, batch: KeptBatch): Promise<void>;
  /** Newest first. */
  page(syncId: string, limit: number, cursor?: string): Promise<{ items: KeptBatch[]; next?: string }>;
}
