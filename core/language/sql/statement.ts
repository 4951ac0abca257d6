import type { Promoted } from '../../model/profile-snapshot.ts';

/** What stands for a `?` in a statement. Instants travel as epoch ms. */
export type SqlValue = string | number | boolean;

/** A statement, with what its `?` stand for, in their order: values are never part of the text. */
export interface Statement {
  text: string;
  values: readonly SqlValue[];
}

/** Where a statement reads from, as it stands after `FROM`. */
export interface Relation {
  text: string;
  /** What has columns of its own. */
  promoted: Promoted;
  /** The events that were asked for, as it stands after `FROM`, with the columns that conditions ask of. */
  events?: string;
}
