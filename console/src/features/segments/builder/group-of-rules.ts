import { type Bounds, type Condition, type Group, isGroup, rfmGroups } from '../../../../../core/language/condition.ts';
import type { SegmentRules } from '../../../../../core/language/segment-rules.ts';
import { emptyGroup } from './new-condition.ts';

const isCondition = (rules: SegmentRules): rules is Extract<SegmentRules, Condition> =>
  'conditions' in rules || 'event' in rules || 'sequence' in rules;

const predicted = ([name, { min, max }]: [string, Bounds]): Condition[] => [
  ...(min === undefined ? [] : [{ field: `computed.${name}`, operator: '>=' as const, value: min }]),
  ...(max === undefined ? [] : [{ field: `computed.${name}`, operator: '<=' as const, value: max }]),
];

const isRfm = (rules: object): boolean =>
  ['recency', 'frequency', 'monetary'].some(name => name in rules) ||
  ('group' in rules && rfmGroups.some(group => group === rules.group));

/** The rules of a segment as the builder shows them: whatever form they have, a group of conditions. */
export const groupOfRules = (rules: SegmentRules | undefined): Group => {
  if (rules === undefined) return emptyGroup();
  if (isCondition(rules)) return isGroup(rules) ? rules : { operator: 'AND', conditions: [rules] };
  if (isRfm(rules)) return { operator: 'AND', conditions: [{ rfm: rules }] as Condition[] };
  return { operator: 'AND', conditions: Object.entries(rules as Record<string, Bounds>).flatMap(predicted) };
};
