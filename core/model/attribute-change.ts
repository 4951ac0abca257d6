import type { Provenance } from './profile-state.ts';

/** Who said something, and when (epoch ms); of what people were known by, no message is remembered. */
export type Saying = Pick<Provenance, 'at' | 'source'> & { id?: string };

/** What became of one field of a profile; a value that is missing was not there. */
export interface AttributeChange {
  /** A dotted path, such as `attributes.city`, `identifiers.email` or `computed.ltv`. */
  field: string;
  old?: unknown;
  new?: unknown;
  by: Saying;
  /** Who had said what stood before. */
  was?: Saying;
  /** Of an identifier that was taken away, where among the others it stood. */
  place?: number;
}

/** What one commit changed. */
export interface NotedChanges {
  /** Of the head. */
  version: number;
  /** Epoch ms. */
  at: number;
  /** Whose request it was, where it was one. */
  actor?: string;
  changes: AttributeChange[];
}
