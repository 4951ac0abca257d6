import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { EventPatch } from '../model/event-patch.ts';
import type { Write } from './table.ts';

/** An event that could not be folded. */
export interface AsideEvent {
  event: AcceptedEvent;
  reason: string;
  /** The batch that it came with. */
  batchId?: string | undefined;
}

/** Accepted events that could not be folded, with the reason. */
export interface Quarantine {
  /** Returns when all are kept. An event that is brought again, or a try that is over, changes nothing. */
  add(events: readonly AsideEvent[]): Promise<void>;
}

/** What a redrive has done with an event. */
interface RedrivenBy {
  jobId: string;
  outcome: 'sent' | 'stayed';
}

interface Entry {
  id: string;
  /** When it was received, by UTC. */
  day: string;
  /** How often it was tried, by the fold or by a redrive; tells a try that is over from the one that counts. */
  tries: number;
  by?: RedrivenBy | undefined;
}

interface Kept extends Entry, AsideEvent {
  /** When it was kept aside last, ISO 8601. */
  at: string;
}

/** It waits for somebody who mends it. */
export interface HeldEntry extends Kept {
  state: 'held';
}

/** It is to be put on the event stream as `mended`, whoever does it and however often. */
export interface LeavingEntry extends Kept {
  state: 'leaving';
  mended: AcceptedEvent;
}

/** It was put on the event stream; kept for a while, so that its earlier tries do not bring it back. */
export interface GoneEntry extends Entry {
  state: 'gone';
}

export type QuarantinedEntry = HeldEntry | LeavingEntry | GoneEntry;

/** Which events are asked for; `from` and `until` bound their receive time in epoch ms, `until` excluded. */
export interface QuarantineFilter {
  reason?: string | undefined;
  type?: string | undefined;
  from: number;
  until: number;
}

/** How many partitions share the events of a day. */
export const quarantinePartitions = 4;

export interface QuarantineStore extends Quarantine {
  /** What is in the quarantine, newest first. A page may be short of its limit although there is a next one. */
  list(
    query: QuarantineFilter & { limit: number; cursor?: string | undefined },
  ): Promise<{ items: (HeldEntry | LeavingEntry)[]; next?: string }>;
  /** Some of one partition, oldest day first, with those that have gone. */
  page(partition: number, limit: number, after?: string): Promise<{ items: QuarantinedEntry[]; next?: string }>;
  find(ids: readonly string[]): Promise<QuarantinedEntry[]>;
  /** The ids of what is held for a reason and names a person, by id or by a match key. Looks through all that is held. */
  heldOf(person: { profileId: string; matchKeys: readonly string[] }, reason: string): Promise<string[]>;
  /** Counts a try that was in vain, unless the entry has changed since it was read. Tells whether it did. */
  stay(entry: HeldEntry, reason: string, jobId: string): Promise<boolean>;
  /** Settles what will be put on the stream, unless the entry has changed since it was read. Tells whether it did. */
  release(entry: HeldEntry | LeavingEntry, mended: AcceptedEvent, jobId: string): Promise<boolean>;
  /** Takes out an event whose try is durable in the stream, unless it has come back already. */
  letGo(entry: { id: string; day: string }, attempt: number): Promise<void>;
  /** Keeps the patch of a redrive, to be committed together with its job. */
  keepingPatch(jobId: string, patch: EventPatch): Write;
  patchOf(jobId: string): Promise<EventPatch | undefined>;
}
