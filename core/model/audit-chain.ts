/** How many chains share the entries of a day. */
export const auditLanes = 16;

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
