import type { FieldClass } from '../model/field-class.ts';

/** Who called what about whom: pseudonyms and classes of fields, never values. */
export interface AuditEntry {
  /** ISO 8601. */
  at: string;
  actor: string;
  /** The route's id. */
  action: string;
  /** Ids from the path and the answer, at most 1,000. */
  subjects: string[];
  fieldClasses: FieldClass[];
  requestId: string;
  status: number;
}

export interface AuditLog {
  /** Returns when the entry is durable. */
  append(entry: AuditEntry): Promise<void>;
}
