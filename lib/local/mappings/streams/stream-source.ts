import type { Bell } from '../../engines/bell.ts';

/** A record of a stream, ready to stand in an event. */
export interface StreamRecord {
  sequence: string;
  /** Records of one key are worked off in their order. */
  key: string;
  /** Milliseconds since the epoch. */
  arrivedAt: number;
  /** As it stands in `Records`. */
  event: unknown;
  bytes: number;
}

export interface Shard {
  id: string;
  parents: string[];
}

/** Some records, and where to go on; no `next` means that the shard has ended. */
export interface Page {
  records: StreamRecord[];
  next: string | undefined;
}

/** A stream that a mapping reads. */
export interface StreamSource {
  /** As functions see it. */
  arn: string;
  /** The member of a failed invocation's record that tells about the batch. */
  batchInfo: 'KinesisBatchInfo' | 'DDBStreamBatchInfo';
  /** Rings when something may have arrived. */
  bell: Bell;
  shards(): Promise<Shard[]>;
  /** An iterator behind a sequence number; at the oldest record without one. */
  open(shardId: string, after: string | undefined): Promise<string>;
  read(shardId: string, iterator: string): Promise<Page>;
}
