import { type Condition, isComparison, isGroup } from '../../../../../core/language/condition.ts';

/** Does a condition say all that it needs to be asked? An empty text or an event without a name says nothing yet. */
export const isComplete = (condition: Condition): boolean => {
  if (isGroup(condition)) return condition.conditions.every(isComplete);
  if (isComparison(condition)) return ![condition.value].flat().includes('');
  if ('event' in condition) return condition.event !== '';
  if ('sequence' in condition) return condition.sequence.every(({ event }) => event !== '');
  return 'rfm' in condition || condition.segment !== '';
};
