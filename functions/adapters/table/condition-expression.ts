import type { Condition } from '../../../core/ports/table.ts';
import type { Placeholders } from './placeholders.ts';

const clause = (condition: Condition, placeholders: Placeholders): string => {
  const path = placeholders.path(condition.attribute);
  if ('value' in condition) return `${path} ${condition.is} ${placeholders.value(condition.value)}`;
  return condition.is === 'absent' ? `attribute_not_exists(${path})` : `attribute_exists(${path})`;
};

/** All conditions joined by AND, as a part of a command's input; nothing when there are none. */
export const conditionExpression = (
  conditions: Condition[] | undefined,
  placeholders: Placeholders,
): { ConditionExpression?: string } =>
  conditions === undefined || conditions.length === 0
    ? {}
    : { ConditionExpression: conditions.map(condition => clause(condition, placeholders)).join(' AND ') };
