import { Problem } from '../errors.ts';
import { checkCondition } from '../language/check-condition.ts';
import type { Condition } from '../language/condition.ts';
import type { StoredTrait } from '../model/trait.ts';
import type { Collection } from '../ports/collection.ts';
import { traitKindsFor } from './trait-kinds.ts';

export interface FilterTools {
  traits: Pick<Collection<StoredTrait>, 'all'>;
}

/** @throws Problem `VALIDATION_FAILED` for what cannot be asked of a profile alone */
export const checkFilter = async (rules: Condition, { traits }: FilterTools): Promise<void> => {
  const faults = checkCondition(rules, 'body.rules', { fieldsOnly: true, traits: await traitKindsFor(rules, traits) });
  const [first] = faults;
  if (first) throw new Problem('VALIDATION_FAILED', `${first.path}: ${first.reason}`, faults);
};
