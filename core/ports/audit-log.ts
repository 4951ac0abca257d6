import type { AuditCall, AuditOutcome } from '../model/audit-entry.ts';

/** Where an entry stands: entries of a day are spread over lanes, each a chain counted from 0. */
export interface AuditPlace {
  /** By UTC, `YYYY-MM-DD`. */
  day: string;
  lane: number;
  index: number;
}

/** An entry that this process appended, with its seal. */
export interface AppendedEntry extends AuditPlace {
  seal: string;
}

/** A text as it was sealed, and its seal. */
export interface Sealed {
  text: string;
  seal: string;
}

/** An entry as it is stored, whoever may have changed it. */
export interface AuditLink {
  /** As its key says; -1 where it says no number. */
  index: number;
  entry: Sealed;
  outcome?: Sealed | undefined;
  /** It holds something that no entry has. */
  strange: boolean;
}

/** Makes a seal of a text that nobody makes without the key. */
export type Seal = (text: string) => string;

/**
 * Append only: who called what about whom. Each entry is sealed together with the seal of the one before it in its lane,
 * so that none can be changed, left out or put in between.
 */
export interface AuditLog {
  /** Returns when the entry is durable. */
  append(call: AuditCall): Promise<AppendedEntry>;
  /** Says once what came of a call whose entry went before it. */
  close(entry: AppendedEntry, outcome: AuditOutcome): Promise<void>;
  /** Newest first, those before `before`. */
  newest(day: string, lane: number, before: number | undefined, limit: number): Promise<AuditLink[]>;
  /** In their order, from an index on. */
  links(day: string, lane: number, from?: number): AsyncIterable<AuditLink>;
  seal(): Promise<Seal>;
  /** The name under which something that is no id of ours is on record. */
  pseudonym(text: string): Promise<string>;
}

export const auditLanes = 16;
