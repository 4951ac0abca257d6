import { Problem } from '../../errors.ts';
import type { Identifier } from '../../model/identifier.ts';
import { matchKey } from '../../model/identifier.ts';
import type { MergeReason, MergeWarning } from '../../model/merge-record.ts';
import { familyOf, type ProfileState } from '../../model/profile-state.ts';

/** All members are erased in one step together with their identifiers. */
const familyMax = 60;

const customersOf = (identifiers: readonly Identifier[]): string[] =>
  identifiers.filter(({ type }) => type === 'customerId').map(matchKey);

/** Whether two profiles are known under customer ids of which none is the other's. */
export const nameDifferentCustomers = (left: ProfileState, right: ProfileState): boolean => {
  const [ours, theirs] = [left, right].map(({ person }) => customersOf(person.identifiers));
  return (ours ?? []).length > 0 && (theirs ?? []).length > 0 && !(ours ?? []).some(key => theirs?.includes(key));
};

/**
 * What speaks against merging two profiles, and may be done by hand all the same.
 *
 * @throws Problem `CONFLICT` for what a rule may not do, `VALIDATION_FAILED` for what nobody may
 */
export const checkMerge = (primary: ProfileState, secondary: ProfileState, { kind }: MergeReason): MergeWarning[] => {
  if (familyOf(primary).length + familyOf(secondary).length > familyMax) {
    const reason = `a profile is at most ${familyMax} profiles together`;
    throw new Problem('VALIDATION_FAILED', `body.secondaryProfileIds: ${reason}`, [
      { path: 'body.secondaryProfileIds', reason },
    ]);
  }
  if (!nameDifferentCustomers(primary, secondary)) return [];
  if (kind === 'automatic')
    throw new Problem(
      'CONFLICT',
      `${primary.id} and ${secondary.id} have different customer ids: only a person may merge them`,
    );
  return ['different_customer_ids'];
};
