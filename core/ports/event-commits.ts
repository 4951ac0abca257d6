import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { TableChange } from './table-change.ts';

/** Events that one commit of a profile folded. */
export interface EventCommit {
  sequence: string;
  profileId: string;
  version: number;
  /** Epoch ms. */
  at: number;
  events: AcceptedEvent[];
  /** Some of the events were committed before, to this profile or another one: replayed, or written anew. */
  again: boolean;
}

/** A committed chunk whose events cannot be had. */
export interface UnreadableChunk {
  profileId: string;
  version: number;
  chunk: string;
  reason: string;
}

export interface CommittedEvents {
  commits: EventCommit[];
  unreadable: UnreadableChunk[];
}

/**
 * The events of the commits among these changes, in their order. A chunk is taken from `images`, the whole batch, or
 * from the table; one that no commit names is never seen.
 */
export type EventCommitsIn = (
  changes: readonly TableChange[],
  images: readonly TableChange[],
) => Promise<CommittedEvents>;
