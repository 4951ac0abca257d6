import { type Condition, isComparison, isGroup } from '../../../../../core/language/condition.ts';
import { describe } from '../../../../../core/language/describe.ts';
import { fieldName } from '../../../words/fields.ts';

/** The same condition with its fields and segments under the names that people know. */
const named = (condition: Condition, segmentName: (id: string) => string): Condition => {
  if (isGroup(condition)) {
    return { ...condition, conditions: condition.conditions.map(part => named(part, segmentName)) };
  }
  if (isComparison(condition)) return { ...condition, field: fieldName(condition.field) };
  return 'segment' in condition ? { segment: `“${segmentName(condition.segment)}”` } : condition;
};

/** A condition as a sentence, by the names that people know. */
export const inPlainWords = (condition: Condition, segmentName: (id: string) => string): string => {
  const sentence = describe(named(condition, segmentName));
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};
