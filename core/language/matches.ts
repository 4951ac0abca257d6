import { compare } from './compare.ts';
import { type Condition, isGroup } from './condition.ts';
import { readPath } from './read-path.ts';

/**
 * Does this data satisfy the condition? Pure: no clock, no store.
 *
 * @example matches({ field: 'computed.ltv', operator: '>', value: 500 }, { computed: { ltv: 501 } }) // true
 */
export const matches = (condition: Condition, data: unknown): boolean => {
  if (!isGroup(condition)) return compare(readPath(data, condition.field), condition);
  const holds = (part: Condition) => matches(part, data);
  return condition.operator === 'AND' ? condition.conditions.every(holds) : condition.conditions.some(holds);
};
