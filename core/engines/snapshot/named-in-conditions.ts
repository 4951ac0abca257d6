import { type Comparison, type Condition, isComparison, leavesOf } from '../../language/condition.ts';
import { customFieldIn, type Promoted } from '../../model/profile-snapshot.ts';

const comparisonsIn = (condition: Condition): Comparison[] => leavesOf(condition).filter(isComparison);

const tagsIn = ({ field, value }: Comparison): string[] =>
  field === 'attributes.tags' ? [value].flat().filter(one => typeof one === 'string') : [];

/** The custom fields and the tags that conditions name, each once, in their order. */
export const namedInConditions = (conditions: readonly Condition[]): Promoted => {
  const comparisons = conditions.flatMap(comparisonsIn);
  return {
    fields: [...new Set(comparisons.flatMap(({ field }) => customFieldIn(field) ?? []))],
    tags: [...new Set(comparisons.flatMap(tagsIn))],
  };
};
