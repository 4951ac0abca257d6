import type { Condition } from '../../language/condition.ts';
import type { SqlDialect } from '../../language/sql/sql-dialect.ts';
import type { Promoted } from '../../model/profile-snapshot.ts';

/** What a search means where it is asked. */
export interface SearchTerms {
  dialect: SqlDialect;
  promoted: Promoted;
  /** Whether the caller may see the field at a dotted path: what they may not see they may not search. */
  maySee: (path: string) => boolean;
  /** Who is in the segment that the search names: whoever satisfies a condition, or these. */
  segment: Condition | readonly string[] | undefined;
  /** Epoch ms. */
  now: number;
}
