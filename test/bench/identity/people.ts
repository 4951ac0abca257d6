import type { MatchRecord } from '../../../core/engines/identity/match-record.ts';
import type { AttributeKinds } from '../../../core/engines/identity/normal-forms.ts';

/** Records whose persons are known, so that what is found can be judged. The truth is never shown to the engine. */
export interface People {
  kinds: AttributeKinds;
  records: readonly MatchRecord[];
  /** By record, whose it is. */
  truth: readonly string[];
}
