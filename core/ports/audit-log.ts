import type { AppendedEntry, AuditLink, Seal } from '../model/audit-chain.ts';
import type { AuditCall, AuditOutcome } from '../model/audit-entry.ts';

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
